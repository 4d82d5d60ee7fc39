import { otherValue } from '../../contract/counter.ts';
import { pageProperties, readPages } from '../pages.ts';
import { from, to } from '../parameters.ts';
import { exportSource } from './source.ts';

export const pagesSource = exportSource({
  what: 'pages',
  description:
    'Every page that was viewed, most viewed first; the row (other) has what came when a day’s list of pages was full.',
  parameters: { from, to },
  columns: pageProperties,
  async read(call, ports) {
    const { rows, other, ...range } = await readPages({ ...call, values: { ...call.values, limit: Infinity } }, ports);
    const rest = other.pageViews > 0 ? [{ path: otherValue, pageId: '', title: '', url: '', ...other }] : [];
    return { range, about: [], rows: [...rows, ...rest], next: null };
  },
});
