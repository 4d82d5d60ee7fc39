/** What so many page views a month come to: how much happens, what stands there for it, and how near each limit is. Pure. */
import {
  billOf,
  bytesPerGb,
  hoursPerMonth,
  observed,
  processorMs,
  type Standing,
  type Use,
} from '../../functions/contract/bill.ts';
import { type Bill, costOf } from '../../functions/contract/cost.ts';
import { prices } from '../../functions/contract/price.ts';
import { mixed, type UnitCosts, unitCosts, viewCosts, watchedViewCosts } from '../../functions/contract/unit-costs.ts';
import { type Limit, limitsOf, shardRoom } from './limits.ts';

export interface Wish {
  pageViewsPerMonth: number;
  /** Hours a month that dashboards are open, all together. */
  dashboardHoursPerMonth: number;
  /** Hours a month in which at least one is: then the site is watched. At most 730. */
  watchedHoursPerMonth: number;
  /** The busiest second against the month's mean: what shards and limits must bear. */
  peakFactor: number;
  /** Null: as many as the peak needs. */
  shards: number | null;
}

export interface Capacity {
  wish: Wish;
  shards: number;
  events: number;
  use: Use;
  /** A second, in the busiest one. */
  peak: Use;
  limits: Limit[];
  bill: Bill;
  usd: number;
  /** What is asked whether anybody comes or not. */
  idleUsd: number;
  shardUsd: number;
}

/** A dashboard asks for progress each 5 s (`functions/contract/live.ts`), for a snapshot each minute, and pages of history now and then. */
const ticksPerHour = 720;
const queriesPerDashboardHour = 120;
/** The canary: an event each minute. */
const canaryViewsPerMonth = 60 * hoursPerMonth;
/** How long counters by the hour are kept: most of what is stored. And the archive. */
const countersKeptMonths = 3;
const archiveKeptMonths = 13;

export const shardsMax = 500;

/** As many shards as the peak needs, no more than seven tenths full. */
export function predict(wish: Wish, costs: UnitCosts = unitCosts): Capacity {
  for (let shards = wish.shards ?? 1; ; shards++) {
    const capacity = withShards(wish, shards, costs);
    if (wish.shards !== null || shards >= shardsMax || shardRoom(capacity.limits) >= 0) return capacity;
  }
}

function withShards(wish: Wish, shards: number, costs: UnitCosts): Capacity {
  const seconds = hoursPerMonth * 3600;
  const mean = trafficOf(wish, shards, { views: wish.pageViewsPerMonth, seconds }, costs);
  const peakViews = (wish.pageViewsPerMonth / seconds) * wish.peakFactor;
  const peak = trafficOf(wish, shards, { views: peakViews, seconds: 1 }, costs);
  const standing = standingOf(wish, shards, mean.use, costs);
  const bill = billOf(mean.use, standing, costs);
  const nothing = trafficOf(
    { ...wish, dashboardHoursPerMonth: 0, watchedHoursPerMonth: 0 },
    shards,
    { views: 0, seconds },
    costs,
  ).use;
  const limits = limitsOf({
    shards,
    peak: peak.use,
    processorMs: processorMs(peak.use, costs) / shards,
    hottestUnits: peak.use.batches * hottestAt(peakViews / shards, costs),
    dashboardsAtOnce: (wish.dashboardHoursPerMonth / hoursPerMonth) * wish.peakFactor,
  });
  return {
    wish,
    shards,
    events: mean.events,
    use: mean.use,
    peak: peak.use,
    limits,
    bill,
    usd: costOf(bill),
    idleUsd: costOf(billOf(nothing, { ...standing, tableGb: 0, archiveGb: 0 }, costs)),
    shardUsd: shards * hoursPerMonth * prices.shardHours.usd,
  };
}

/** What `views` in so many seconds come to, on so many shards. */
function trafficOf(
  { dashboardHoursPerMonth, watchedHoursPerMonth }: Wish,
  shards: number,
  { views, seconds }: { views: number; seconds: number },
  costs: UnitCosts,
): { use: Use; events: number } {
  const hours = seconds / 3600;
  const watchedShare = Math.min(1, watchedHoursPerMonth / hoursPerMonth);
  const all = views + (canaryViewsPerMonth * hours) / hoursPerMonth;
  const rate = all / seconds;
  const watched = watchedViewCosts(rate / shards, rate, costs);
  const view = mixed(viewCosts(rate / shards, costs), watched, watchedShare);
  // A tick a site and 5 s, on every shard, however many look at it.
  const ticks = ticksPerHour * hours * watchedShare;
  // With more shards, the mapping waits longer (`cdk/process.ts`).
  const batchesMax = (seconds * shards) / Math.max(1, shards > 2 ? Math.floor(shards / 2) : 1);
  const batches = Math.min(all * view.batches + ticks * shards, batchesMax);
  const dashboardHours = (dashboardHoursPerMonth * hours) / hoursPerMonth;
  // Each batch of any shard is a message, while somebody looks; each tick one of the dashboard's own.
  const messages = dashboardHours * ((batches / hours) * watchedMessages(view) + ticksPerHour);
  const records = all * view.requests + ticks * shards;
  const use: Use = {
    hours,
    requests: all * view.requests,
    records,
    putUnits: all * view.putUnits + ticks * shards,
    streamBytes: all * view.streamBytes,
    batches,
    updates: all * view.updates + ticks * shards,
    writeUnits: all * view.writeUnits + ticks * shards,
    readUnits: all * view.readUnits + ticks * shards * 3,
    queries: dashboardHours * queriesPerDashboardHour,
    messages,
    socketMinutes: dashboardHours * 60,
  };
  return { use, events: all * view.events };
}

/** Messages a batch to one dashboard: one, or as many as its totals fill. */
function watchedMessages({ messages, batches }: { messages: number; batches: number }): number {
  return batches > 0 ? Math.max(1, messages / batches) : 1;
}

function standingOf({ pageViewsPerMonth }: Wish, shards: number, use: Use, costs: UnitCosts): Standing {
  const rate = pageViewsPerMonth / (hoursPerMonth * 3600) / shards;
  const { storedBytes } = viewCosts(rate, costs);
  return {
    shards,
    tableGb: (pageViewsPerMonth * storedBytes * countersKeptMonths) / bytesPerGb,
    archiveGb: (use.records * costs.archive.bytesPerRecord * archiveKeptMonths) / bytesPerGb,
    ...observed,
  };
}

/** Of the measured runs, the least busy one that is as busy as this: rather too much than too little. */
function hottestAt(viewsPerSecond: number, { scenarios }: UnitCosts): number {
  const known = scenarios.filter(({ isWatched }) => !isWatched);
  const found = known.find((one) => one.viewsPerSecond >= viewsPerSecond) ?? known.at(-1);
  return found?.hottestUnitsPerBatch ?? 0;
}
