/** The query parameters: each one's bounds, its description for the OpenAPI document, and its parser, in one place. */
import { pathLengthMax } from '../contract/event.ts';
import { devices } from '../contract/record.ts';
import { describeValue } from '../stream/bounded.ts';
import { ApiError, quoted } from './api-error.ts';
import { parseEdge, type RangeEdge } from './range-edge.ts';
import { oneOf, type Schema } from './schema.ts';

export interface Parameter<T> {
  name: string;
  description: string;
  required: boolean;
  schema: Schema;
  /** @throws ApiError 400 `missing-<name>` or `bad-<name>`. `undefined`: not given, or empty. */
  parse(text: string | undefined): T;
}

/** The values that a route's handler gets for the parameters it lists. */
export type Values<P> = { [N in keyof P]: P[N] extends Parameter<infer T> ? T : never };

export const limitMax = 1000;

export function parseAll<P extends Record<string, Parameter<unknown>>>(
  parameters: P,
  query: Record<string, string | undefined>,
): Values<P> {
  const values = Object.entries(parameters).map(([key, parameter]) => [
    key,
    parameter.parse(query[parameter.name] || undefined),
  ]);
  return Object.fromEntries(values) as Values<P>;
}

/** One of `values`; without `fallback` it must be given. */
export function choice<T extends string>(
  name: string,
  values: readonly T[],
  description: string,
  fallback?: T,
): Parameter<T> {
  return {
    name,
    description,
    required: fallback === undefined,
    schema: { ...oneOf(values), ...(fallback === undefined ? {} : { default: fallback }) },
    parse(text) {
      if (text === undefined) return fallback ?? missing(name, `one of ${values.join(', ')}`);
      return values.find((value) => value === text) ?? bad(name, text, `one of ${values.join(', ')}`);
    },
  };
}

export function limit(fallback: number, most = limitMax): Parameter<number> {
  return wholeNumber('limit', 'How many rows at most.', most, fallback);
}

/** From 1 to `most`, which is at most 9,999. `fallback`: where it is left out. */
export function wholeNumber<F extends number | null>(
  name: string,
  description: string,
  most: number,
  fallback: F,
): Parameter<number | F> {
  return {
    name,
    description,
    required: false,
    schema: { type: 'integer', minimum: 1, maximum: most, ...(fallback === null ? {} : { default: fallback }) },
    parse(text) {
      if (text === undefined) return fallback;
      const value = /^\d{1,4}$/.test(text) ? Number(text) : 0;
      return value >= 1 && value <= most ? value : bad(name, text, `a whole number from 1 to ${most}`);
    },
  };
}

export const path: Parameter<string> = {
  name: 'path',
  description: "The page's path, as /pages gives it.",
  required: true,
  schema: { type: 'string', maxLength: pathLengthMax },
  parse: (text) => parsePath(text),
};

/** Left out: every page. */
export const optionalPath: Parameter<string | null> = {
  ...path,
  required: false,
  parse: (text) => (text === undefined ? null : parsePath(text)),
};

/** @throws ApiError 400 `missing-path` or `bad-path`. */
export function parsePath(text: string | undefined): string {
  if (text === undefined) return missing('path', `a path of at most ${pathLengthMax} characters`);
  return text.length <= pathLengthMax ? text : bad('path', text, `a path of at most ${pathLengthMax} characters`);
}

/** Left out: all device classes. */
export const device: Parameter<(typeof devices)[number] | null> = {
  name: 'device',
  description:
    'Device class by viewport width (desktop from 1024 px, tablet from 600 px, mobile below); left out: all.',
  required: false,
  schema: oneOf(devices),
  parse(text) {
    if (text === undefined) return null;
    return devices.find((value) => value === text) ?? bad('device', text, `one of ${devices.join(', ')}`);
  },
};

export const from = edge('from', 'Start of the range. Default: today (for minutes: 60 minutes before `to`).');
export const to = edge(
  'to',
  'End of the range. A date includes that whole day; an instant is exclusive. Default: now.',
);

function edge(name: 'from' | 'to', description: string): Parameter<RangeEdge | null> {
  return {
    name,
    description: `${description} A date (2026-11-23: a day of the site's time zone), an instant (2026-11-23T14:00:00Z), or ms since the epoch.`,
    required: false,
    schema: { type: 'string' },
    parse(text) {
      if (text === undefined) return null;
      return parseEdge(text) ?? bad(name, text, 'a date, an instant with its zone, or ms since the epoch');
    },
  };
}

/** `found`: as it was sent; of a body it may be anything that JSON can say. */
export function bad(name: string, found: unknown, accepted: string): never {
  const told = typeof found === 'string' ? quoted(found) : describeValue(found);
  throw new ApiError(400, `bad-${name}`, `${name} is ${told}, not ${accepted}`);
}
export function missing(name: string, accepted: string): never {
  throw new ApiError(400, `missing-${name}`, `${name} is missing: give ${accepted}`);
}
