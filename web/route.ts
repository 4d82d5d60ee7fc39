import { type Device, devices } from '../functions/contract/record.ts';
import { factsOf, isLayer, type Layer } from './view/layer.ts';
import { type MapRange, parseMapRange } from './view/map-range.ts';
import { formatSessionFilter, parseSessionFilter, type SessionFilter } from './view/session-filter.ts';
import { type SettingsTab, settingsTabs } from './view/settings-tab.ts';

/** What a map is of: whatever draws heat needs no more than this. */
export interface HeatmapRoute {
  page: 'heatmap';
  /** Empty until a page is picked. */
  path: string;
  device: Device;
  layer: Layer;
  range: MapRange;
  /** Where the colour scale ends, in the layer's unit; null: at a percentile of the map. */
  scaleEnd: number | null;
}

/** Sessions, or one of them. */
export interface SessionsRoute {
  page: 'sessions';
  /** Empty: the list. */
  id: string;
  /** Of the list, and of the way back to it. */
  filter: SessionFilter;
}

/** Pages of whoever is signed in, and of what they may do at a site. */
export type AccountRoute =
  | { page: 'sites' }
  | { page: 'new-site' }
  | { page: 'invitation'; secret: string }
  | { page: 'settings'; tab: SettingsTab };

export interface GoalsRoute {
  page: 'goals';
  range: MapRange;
}

export interface PathsRoute {
  page: 'paths';
  /** Empty until a page is picked. */
  path: string;
  range: MapRange;
}

export interface TrendsRoute {
  page: 'trends';
  /** Empty: the whole site. */
  path: string;
  range: MapRange;
}

export type Route =
  | { page: 'live' }
  | { page: 'health' }
  | { page: 'cost' }
  | GoalsRoute
  | PathsRoute
  | TrendsRoute
  | HeatmapRoute
  | SessionsRoute
  | AccountRoute;

/** The route that a location's hash names; what is left out or unknown has its default. Inverse: `formatRoute`. */
export function parseRoute(hash: string): Route {
  const [name, query = ''] = hash.replace(/^#\/?/, '').split(/\?(.*)/s);
  if (name === 'health' || name === 'cost' || name === 'sites' || name === 'new-site') return { page: name };
  const secret = /^invitation=(.+)$/.exec(name ?? '')?.[1];
  if (secret) return { page: 'invitation', secret };
  const tab = settingsTabs.find((one) => name === `settings/${one}`);
  if (tab || name === 'settings') return { page: 'settings', tab: tab ?? 'general' };
  const given = new URLSearchParams(query);
  const range = parseMapRange(given.get('range')) ?? 'today';
  // A day beside the day before says little.
  if (name === 'trends') {
    return { page: 'trends', path: given.get('path') ?? '', range: parseMapRange(given.get('range')) ?? '7d' };
  }
  if (name === 'goals') return { page: 'goals', range };
  if (name === 'paths') return { page: 'paths', path: given.get('path') ?? '', range };
  const id = /^sessions(?:\/([\w.~-]+))?$/.exec(name ?? '');
  if (id) return { page: 'sessions', id: id[1] ?? '', filter: parseSessionFilter(given) };
  if (name !== 'heatmap') return { page: 'live' };
  const layer = given.get('layer');
  return {
    page: 'heatmap',
    path: given.get('path') ?? '',
    device: devices.find((device) => device === given.get('device')) ?? 'desktop',
    layer: isLayer(layer) ? layer : 'click',
    range,
    scaleEnd: parseScaleEnd(given.get('scale')),
  };
}

export function formatRoute(route: Route): string {
  if (route.page === 'invitation') return `#invitation=${route.secret}`;
  if (route.page === 'settings') return `#/settings/${route.tab}`;
  if (route.page === 'goals') return `#/goals?${new URLSearchParams({ range: route.range })}`;
  if (route.page === 'paths') return `#/paths?${new URLSearchParams({ path: route.path, range: route.range })}`;
  if (route.page === 'trends') {
    const path: Record<string, string> = route.path === '' ? {} : { path: route.path };
    return `#/trends?${new URLSearchParams({ ...path, range: route.range })}`;
  }
  if (route.page === 'sessions') {
    const query = formatSessionFilter(route.filter);
    return `#/sessions${route.id && `/${route.id}`}${query && `?${query}`}`;
  }
  if (route.page !== 'heatmap') return `#/${route.page}`;
  const { path, device, layer, range, scaleEnd } = route;
  const scale: Record<string, string> = scaleEnd === null ? {} : { scale: String(scaleEnd) };
  return `#/heatmap?${new URLSearchParams({ path, device, layer, range, ...scale })}`;
}

/** A whole number from 1 to a million million; null for anything else. */
export function parseScaleEnd(text: string | null): number | null {
  return text !== null && /^[1-9]\d{0,11}$/.test(text) ? Number(text) : null;
}

/** A scale that was fixed for clicks says nothing about seconds: it goes with a layer that measures something else. */
export function withLayer(route: HeatmapRoute, layer: Layer): HeatmapRoute {
  const keeps = factsOf(layer).measure === factsOf(route.layer).measure;
  return { ...route, layer, scaleEnd: keeps ? route.scaleEnd : null };
}
