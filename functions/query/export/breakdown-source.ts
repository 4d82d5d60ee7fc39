import { otherValue } from '../../contract/counter.ts';
import { breakdownParameters, breakdownProperties, readBreakdown } from '../breakdown.ts';
import { exportSource, orNone } from './source.ts';

const { dimension, from, to } = breakdownParameters;
const { value, visitors, ...either } = breakdownProperties;

export const breakdownSource = exportSource({
  what: 'breakdown',
  description:
    'Every value of one dimension, most first; the row (other) has what came when a day’s list of values was full.',
  parameters: { dimension, from, to },
  columns: { value, ...orNone(either), visitors },
  async read(call, ports) {
    const asked = { ...call, values: { ...call.values, limit: Infinity } };
    const { rows, other, dimension, ...range } = await readBreakdown(asked, ports);
    const hasRest = (other.pageViews ?? other.count ?? 0) > 0;
    return {
      range,
      about: [dimension],
      rows: [...rows, ...(hasRest ? [{ value: otherValue, ...other }] : [])],
      next: null,
    };
  },
});
