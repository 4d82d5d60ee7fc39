/** What can be exported is a list of sources, each read by the very code of the route that shows the same figures. */
import type { AnswerRange } from '../../contract/answer.ts';
import type { Cell } from '../../contract/csv.ts';
import type { Allowed } from '../authorize.ts';
import { type Parameter, parseAll } from '../parameters.ts';
import type { QueryPorts } from '../query-ports.ts';
import type { Call, SiteCall } from '../route.ts';
import { orNull, type Schema } from '../schema.ts';

type Parameters = Record<string, Parameter<unknown>>;

export interface Exported<Name extends string = string> {
  /** The range that the rows are really of. */
  range: AnswerRange;
  /** What else the file is of, for its name: a dimension, a page, a device class. */
  about: readonly string[];
  /** What a row leaves out is null in it. */
  rows: readonly Partial<Record<Name, Cell>>[];
  /** The `cursor` of the part that follows; null: this is the last. */
  next: string | null;
}

export interface ExportSource {
  what: string;
  description: string;
  parameters: Parameters;
  /** By name, in order, each described with its unit. */
  columns: Record<string, Schema>;
  /** @throws ApiError as the route of the same figures. */
  read(call: Call & Allowed, ports: QueryPorts): Promise<Exported>;
}

export function exportSource<P extends Parameters, C extends Record<string, Schema>>(
  source: Omit<ExportSource, 'parameters' | 'columns' | 'read'> & {
    parameters: P;
    columns: C;
    read(call: SiteCall<P>, ports: QueryPorts): Promise<Exported<keyof C & string>>;
  },
): ExportSource {
  const { parameters, read } = source;
  return {
    ...source,
    read: (call, ports) => read({ ...call, values: parseAll(parameters, call.query) }, ports),
  };
}

/** Columns that some rows leave out. */
export function orNone<Name extends string>(columns: Record<Name, Schema>): Record<Name, Schema> {
  const entries = Object.entries<Schema>(columns).map(([name, { description = '', ...schema }]) => [
    name,
    { ...orNull(schema), description },
  ]);
  return Object.fromEntries(entries) as Record<Name, Schema>;
}

/** ISO 8601, UTC. */
export function instantText(at: number): string {
  return new Date(at).toISOString();
}
