import { otherValue } from '../../contract/counter.ts';
import { readFlows, transitionColumns, transitionsParameters } from '../transitions.ts';
import { exportSource } from './source.ts';

/** With ordinary paths some 2 MB. */
const rowsMax = 20_000;
const { path, from, to } = transitionsParameters;

export const transitionsSource = exportSource({
  what: 'transitions',
  description: `From which page to which, most first, at most ${rowsMax} rows; the row from (other) to (other) has the rest.`,
  parameters: { path, from, to },
  columns: transitionColumns,
  async read(call, ports) {
    const asked = { ...call, values: { ...call.values, limit: rowsMax } };
    const { rows, other, page, ...range } = await readFlows(asked, ports);
    const rest = other.count > 0 ? [{ from: otherValue, to: otherValue, count: other.count }] : [];
    return { range, about: [page?.path ?? ''], rows: [...rows, ...rest], next: null };
  },
});
