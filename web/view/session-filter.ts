/** Which sessions the list shows, as its address and the API name it. */
import { type Device, devices } from '../../functions/contract/record.ts';
import { type MapRange, parseMapRange } from './map-range.ts';

export interface SessionFilter {
  range: MapRange;
  /** Null: all device classes. */
  device: Device | null;
  /** ISO 3166-1 alpha-2; '': all. */
  country: string;
  /** A page that was viewed; '': any. */
  path: string;
  /** Only those with rage or dead clicks. */
  isFrustrated: boolean;
  /** At least so many page views. */
  minPages: number;
}

export const noFilter: SessionFilter = {
  range: '7d',
  device: null,
  country: '',
  path: '',
  isFrustrated: false,
  minPages: 1,
};

/** What can be chosen; an address may name any number up to 9,999. */
export const minPagesOffered = [1, 2, 3, 5, 10];

/** What is left out or unknown has its default. Inverse: `formatSessionFilter`. */
export function parseSessionFilter(given: URLSearchParams): SessionFilter {
  const country = given.get('country') ?? '';
  const pages = /^[1-9]\d{0,3}$/.test(given.get('pages') ?? '') ? Number(given.get('pages')) : noFilter.minPages;
  return {
    range: parseMapRange(given.get('range')) ?? noFilter.range,
    device: devices.find((device) => device === given.get('device')) ?? noFilter.device,
    country: /^[A-Z]{2}$/.test(country) ? country : noFilter.country,
    path: given.get('path') ?? noFilter.path,
    isFrustrated: given.get('frustrated') === 'true',
    minPages: pages,
  };
}

/** Only what differs from the default: the address of the whole list is short. */
export function formatSessionFilter({ range, ...filter }: SessionFilter): string {
  const days: Record<string, string> = range === noFilter.range ? {} : { range };
  const { minPages, ...wish } = filterQuery(filter);
  return new URLSearchParams({ ...days, ...wish, ...(minPages ? { pages: minPages } : {}) }).toString();
}

/** The API's parameters; its range is asked for by instants. */
export function filterQuery(filter: Omit<SessionFilter, 'range'>): Record<string, string> {
  const { device, country, path, isFrustrated, minPages } = filter;
  return {
    ...(device ? { device } : {}),
    ...(country ? { country } : {}),
    ...(path ? { path } : {}),
    ...(isFrustrated ? { frustrated: 'true' } : {}),
    ...(minPages > noFilter.minPages ? { minPages: String(minPages) } : {}),
  };
}
