/** What the dashboard exports, as the API names it. */
import type { HeatmapRoute } from '../route.ts';
import type { DateRange } from './date-range.ts';
import { factsOf } from './layer.ts';
import { filterQuery, type SessionFilter } from './session-filter.ts';
import { shownDimensions } from './shown-dimensions.ts';

export interface ExportChoice {
  name: string;
  label: string;
  /** `what`, and what else the API wants to know, but for range and format. */
  query: Record<string, string>;
}

/** Of a period: the figures of its chart, and each of its lists in full. */
export function trafficExports(range: DateRange): ExportChoice[] {
  const unit = range === 'today' ? 'hour' : 'day';
  return [
    { name: 'series', label: `Figures by ${unit}`, query: { what: 'series', unit } },
    { name: 'pages', label: 'Pages', query: { what: 'pages' } },
    { name: 'transitions', label: 'From page to page', query: { what: 'transitions' } },
    { name: 'sessions', label: 'Sessions', query: { what: 'sessions' } },
    { name: 'vitals', label: 'Web Vitals', query: { what: 'vitals' } },
    ...shownDimensions.map(({ dimension, title }) => ({
      name: dimension,
      label: title,
      query: { what: 'breakdown', dimension },
    })),
  ];
}

/** Those that the filter lets through. */
export function sessionExports(filter: SessionFilter): ExportChoice[] {
  return [{ name: 'sessions', label: 'These sessions', query: { what: 'sessions', ...filterQuery(filter) } }];
}

export const goalExports: readonly ExportChoice[] = [
  { name: 'goals', label: 'Goals', query: { what: 'goals' } },
  { name: 'funnels', label: 'Funnels', query: { what: 'funnels' } },
];

/** From page to page: the whole site's steps, and those to one page and from it. */
export function pathExports(path: string): ExportChoice[] {
  return [
    { name: 'steps', label: 'All steps', query: { what: 'transitions' } },
    { name: 'page-steps', label: 'Steps to and from this page', query: { what: 'transitions', path } },
    { name: 'leaving', label: 'Before leaving, by page', query: { what: 'leaving' } },
  ];
}

/** `path` empty: of the whole site. */
export function trendExports(path: string): ExportChoice[] {
  return [{ name: 'trends', label: 'Counts by day', query: { what: 'trends', ...(path === '' ? {} : { path }) } }];
}

/** Of a page on one device class: its elements, how far it was read, and where a layer of cells is shown, those. */
export function mapExports({ path, device, layer }: Pick<HeatmapRoute, 'path' | 'device' | 'layer'>): ExportChoice[] {
  const page = { path, device };
  const { drawn, cells } = factsOf(layer);
  // Taps have no cells of their own.
  const label = `Cells of ${factsOf(cells).label.toLowerCase()}`;
  const cellsOf = { name: 'heatmap', label, query: { what: 'heatmap', ...page, layer: cells } };
  return [
    { name: 'elements', label: 'Elements', query: { what: 'elements', ...page } },
    ...(drawn === 'cells' ? [cellsOf] : []),
    { name: 'scroll', label: 'Scroll depth', query: { what: 'scroll', ...page } },
  ];
}
