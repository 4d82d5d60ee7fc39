import { type Device, devices } from '../functions/contract/record.ts';
import { type DateRange, isDateRange } from './view/date-range.ts';

/** Layers that the heatmap page offers. */
export const heatLayers = ['click', 'move'] as const;
export type HeatLayer = (typeof heatLayers)[number];

export type Route =
  | { page: 'live' }
  | { page: 'health' }
  /** `path` is empty until a page is picked. */
  | { page: 'heatmap'; path: string; device: Device; layer: HeatLayer; range: DateRange };

/** The route that a location's hash names; what is left out or unknown has its default. Inverse: `formatRoute`. */
export function parseRoute(hash: string): Route {
  const [name, query = ''] = hash.replace(/^#\/?/, '').split(/\?(.*)/s);
  if (name === 'health') return { page: 'health' };
  if (name !== 'heatmap') return { page: 'live' };
  const given = new URLSearchParams(query);
  const range = given.get('range');
  return {
    page: 'heatmap',
    path: given.get('path') ?? '',
    device: devices.find((device) => device === given.get('device')) ?? 'desktop',
    layer: heatLayers.find((layer) => layer === given.get('layer')) ?? 'click',
    range: isDateRange(range) ? range : 'today',
  };
}

export function formatRoute(route: Route): string {
  if (route.page !== 'heatmap') return `#/${route.page}`;
  const { path, device, layer, range } = route;
  return `#/heatmap?${new URLSearchParams({ path, device, layer, range })}`;
}
