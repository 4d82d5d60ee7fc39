/**
 * What a page view needs, as `npm run bench -- costs` measured it: the bench writes the file that is read here. Between the rates that
 * were measured, a site's own lies; beyond them, the nearest is taken.
 */
import measured from './unit-costs.json' with { type: 'json' };

/** Means over a page view. `bytes` of the stream: of records, before base64. */
export interface ViewCosts {
  events: number;
  requests: number;
  streamBytes: number;
  putUnits: number;
  writeUnits: number;
  readUnits: number;
  /** Invocations of the processor, with one shard that is polled each second. */
  batches: number;
  /** Counter items that are written, in how many updates. */
  updates: number;
  /** To one dashboard that looks at the live page. */
  messages: number;
  /** New in the counters' table, when the run was over. */
  storedBytes: number;
}

export interface Scenario {
  name: string;
  viewsPerSecond: number;
  isWatched: boolean;
  /** Write units to the partition that got most of them, for each batch of a shard. */
  hottestUnitsPerBatch: number;
  perView: ViewCosts;
}

export interface UnitCosts {
  /** YYYY-MM-DD, on what. */
  measuredAt: string;
  machine: string;
  scenarios: Scenario[];
  /** CPU on one core of that machine. */
  cpuMs: {
    ingestRequest: number;
    processRecord: number;
    /** The AWS SDK's part of one call, without the network's. */
    sdkCall: number;
  };
  /** Log lines that the functions write themselves. */
  logBytes: { ingestRequest: number; processBatch: number };
  archive: { bytesPerRecord: number };
}

export const unitCosts: UnitCosts = measured;

type Measured = Pick<UnitCosts, 'scenarios'>;

/** A page view's costs while nobody looks, on a shard that has so many of them a second: between two measured rates, by their logarithm. */
export function viewCosts(viewsPerSecond: number, costs: Measured = unitCosts): ViewCosts {
  return at(viewsPerSecond, false, costs);
}

/**
 * The same while somebody looks: as many times dearer as looking made it at the *site's* rate. How often pages send is set by that
 * (`process/pace.ts`), how much is merged by the shard's own.
 */
export function watchedViewCosts(perShard: number, perSite: number, costs: Measured = unitCosts): ViewCosts {
  const own = viewCosts(perShard, costs);
  const watched = at(perSite, true, costs);
  const unwatched = at(perSite, false, costs);
  return combined(own, (name, value) => (value * watched[name]) / Math.max(unwatched[name], Number.EPSILON));
}

/** `share` 0: `one`; 1: `other`. */
export function mixed(one: ViewCosts, other: ViewCosts, share: number): ViewCosts {
  return combined(one, (name, value) => value + (other[name] - value) * share);
}

function at(viewsPerSecond: number, isWatched: boolean, { scenarios }: Measured): ViewCosts {
  const known = scenarios
    .filter((one) => one.isWatched === isWatched)
    .sort((one, other) => one.viewsPerSecond - other.viewsPerSecond);
  const above = known.find((one) => one.viewsPerSecond >= viewsPerSecond) ?? known.at(-1);
  const below = known.findLast((one) => one.viewsPerSecond <= viewsPerSecond) ?? known[0];
  if (!above || !below) throw new Error('no unit costs were measured: run "npm run bench -- costs"');
  if (above === below) return above.perView;
  const between = (one: number, other: number) => Math.log(other / one);
  const share = between(below.viewsPerSecond, viewsPerSecond) / between(below.viewsPerSecond, above.viewsPerSecond);
  return mixed(below.perView, above.perView, share);
}

function combined(costs: ViewCosts, of: (name: keyof ViewCosts, value: number) => number): ViewCosts {
  const entries = Object.entries(costs).map(([name, value]) => [name, of(name as keyof ViewCosts, value)]);
  return Object.fromEntries(entries) as unknown as ViewCosts;
}
