import { type Marker, type MarkerStore, markerDate, markersPerDayMax } from './marker-store.ts';

/** Markers in this process's memory. */
export function memoryMarkerStore(): MarkerStore {
  const sites = new Map<string, Map<number, string>>();
  const of = (site: string): Marker[] => [...(sites.get(site) ?? [])].map(([at, text]) => ({ at, text }));
  return {
    async put(site, { at, text }) {
      const sameDay = of(site).filter((one) => one.at !== at && markerDate(one.at) === markerDate(at));
      if (!sites.get(site)?.has(at) && sameDay.length >= markersPerDayMax) return 'full';
      sites.set(site, (sites.get(site) ?? new Map<number, string>()).set(at, text));
      return 'put';
    },
    remove: async (site, at) => sites.get(site)?.delete(at) ?? false,
    between: async (site, from, to) =>
      of(site)
        .filter(({ at }) => at >= from && at < to)
        .sort((one, other) => one.at - other.at),
  };
}
