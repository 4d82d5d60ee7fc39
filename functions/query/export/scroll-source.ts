import type { ScrollReach } from '../../contract/answer.ts';
import { count, share, text } from '../schema.ts';
import { bandFigures, readScroll, scrollParameters } from '../scroll.ts';
import { exportSource, orNone } from './source.ts';

export const scrollSource = exportSource({
  what: 'scroll',
  description: 'How far a page was read, a row a band, and then the same of what scrolls by itself in it.',
  parameters: scrollParameters,
  columns: {
    pane: text('The element that scrolls by itself; empty: the page.'),
    ...bandFigures,
    ...orNone({ foldLine: { ...share, description: 'Of all of it, the mean share that shows without scrolling.' } }),
    views: { ...count, description: 'Of all of it: views that had it on screen.' },
  },
  async read(call, ports) {
    const { path, device, panes, views, bands, foldLine, ...range } = await readScroll(call, ports);
    const rowsOf = (pane: string, reach: ScrollReach) =>
      reach.bands.map((band) => ({ pane, ...band, foldLine: reach.foldLine, views: reach.views }));
    return {
      range,
      about: [path, device ?? ''],
      rows: [...rowsOf('', { views, bands, foldLine }), ...panes.flatMap((pane) => rowsOf(pane.key, pane))],
      next: null,
    };
  },
});
