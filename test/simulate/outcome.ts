/** Runs one world to its end and holds everything in it against the oracle. */
import { parseKeyText } from '../../functions/contract/counter.ts';
import type { SiteConfig } from '../../functions/contract/site.ts';
import type { Item } from './aws/expression.ts';
import { site } from './catalog.ts';
import type { Dashboard, Watch } from './dashboard.ts';
import type { StruckFault } from './faults.ts';
import type { Mutant } from './mutant.ts';
import { acceptedOf } from './oracle/accepted.ts';
import { archiveDifferences } from './oracle/check-archive.ts';
import { counterDifferences, itemFaults } from './oracle/check-counters.ts';
import { activeDifferences, dashboardDifferences, inventedFigures } from './oracle/check-dashboards.ts';
import { failedDifferences, readFailed } from './oracle/check-failed.ts';
import { identityDifferences } from './oracle/check-identity.ts';
import { Ledger } from './oracle/ledger.ts';
import { Names } from './oracle/names.ts';
import type { Presence } from './oracle/presence.ts';
import { recount } from './oracle/recount.ts';
import { epoch as configured, tables } from './processor.ts';
import { alone } from './quiet.ts';
import { World, type WorldOptions } from './world.ts';

export interface Figures {
  visitors: number;
  batches: number;
  repeats: number;
  events: number;
  records: number;
  shards: number;
  invocations: number;
  failed: number;
  items: number;
}
export interface Outcome {
  seed: number;
  /** Sentences; none: all is well. */
  differences: string[];
  faults: StruckFault[];
  figures: Figures;
}

/** The system as it is. */
export const noMutant: Mutant = { name: 'none', what: 'nothing is broken', seeds: [] };

export type RunOptions = Pick<WorldOptions, 'seed'> & Partial<WorldOptions>;

export function runWorld(options: RunOptions): Promise<Outcome> {
  const world = new World({
    only: null,
    without: new Set(),
    // Somewhat more than `least`: of the last load added, some may be refused.
    batchesMin: 205,
    mutant: noMutant,
    note: () => undefined,
    ...options,
  });
  return alone(world.time, () => outcomeOf(world, options));
}

async function outcomeOf(world: World, { seed, mutant, only, without }: RunOptions): Promise<Outcome> {
  await world.live();
  await world.end();
  const { plan, dashboards, faults } = world;
  const differences: string[] = [];
  if (!world.eventSource.isDrained()) differences.push('the stream was never worked through');
  if (!world.archiving.isDrained()) differences.push('the stream was never archived to its end');
  if (world.rebuilder.underWay > 0) differences.push('a rebuild never came to its end');
  const fresh = new Map<Watch['view'], Dashboard>();
  if (plan.calmEnd) await compareDashboards(world, fresh, false, differences);
  await world.resync();
  fresh.clear();
  await compareDashboards(world, fresh, true, differences);

  const { db, stream, bucket, operator, fleet } = world;
  const epoch = db.peek(tables.sites, 'epoch|current', '-')?.epoch?.S ?? configured;
  const everyEpoch = mutant?.read?.(db.all(tables.counters)) ?? db.all(tables.counters);
  const counters = everyEpoch.filter(({ pk }) => pk?.S?.startsWith(`${epoch}|`));
  const failed = readFailed(bucket, stream.everything);
  const { early, mayFail } = earlyOf(world);
  const accepted = acceptedOf(stream.everything, ownerIn(world), failed.positions);
  const names = new Names(epoch, site, db.all(tables.admissions));
  const ledger = new Ledger();
  const counted = recount(accepted.byVisitor, inEpoch(operator.configs, world, epoch), { epoch, site, names, ledger });
  const expired = new Set(db.expired.filter(({ table }) => table === tables.counters).map(({ key }) => key));
  differences.push(
    ...counterDifferences(ledger, counters, (key) => expired.has(key) || wasNotRebuilt(key, counters, world)),
    ...failedDifferences(failed, accepted.undecodable, mayFail),
    ...archiveDifferences(world.archive, stream.everything),
    ...identityDifferences(fleet.identified),
    ...itemFaults(counters, db.all(tables.visitors), db.all(tables.admissions)),
    ...missing(fleet.acknowledged, accepted.batches, 'was answered 202, and never came to the stream'),
    ...missing(accepted.batches, accepted.counted, "never came to its load's owner"),
    ...missing(operator.mended, accepted.counted, 'was played again, and is not counted'),
    ...dashboards.flatMap((dashboard) => inventedFigures(dashboard, everyEpoch)),
    ...activeIn(dashboards, fresh, counted.presence),
  );
  const { batches, repeats, events } = counted;
  const figures: Figures = {
    visitors: accepted.byVisitor.size - early,
    batches,
    repeats,
    events,
    records: stream.everything.length,
    shards: stream.shards.length,
    invocations: world.processor.invocations,
    failed: bucket.size,
    items: counters.length,
  };
  if (!only && !without?.size && !mutant) differences.push(...shortOf(figures));
  return { seed, differences, faults: faults.struck, figures };
}

/** A whole world in which little happens proves little. */
const least = { visitors: 5, batches: 200, shards: 3 } as const;

function shortOf(figures: Figures): string[] {
  return (Object.keys(least) as (keyof typeof least)[])
    .filter((name) => figures[name] < least[name])
    .map((name) => `the world has ${figures[name]} ${name}, fewer than ${least[name]}`);
}

/** What an epoch that was built anew counts by: goals of a version for all before it, as was written down when it was begun. */
function inEpoch(configs: readonly SiteConfig[], { db }: World, epoch: string): SiteConfig[] {
  const from = Number(db.peek(tables.sites, `site|${site}`, `goals|${epoch}`)?.version?.N ?? 0);
  const { goals = [], funnels = [] } = configs[from - 1] ?? {};
  return configs.map((config) => (config.version < from ? { ...config, goals, funnels } : config));
}

const liveKeptMs = 48 * 3_600_000;

/** A minute is kept for 48 h: a rebuild leaves out what would expire as it is written. */
function wasNotRebuilt(key: string, counters: Item[], { plan, time }: World): boolean {
  const { pk, sk } = parseKeyText(key);
  const [, , kind, minute] = pk.split('|');
  if (!plan.rebuild || kind !== 'live' || Number(minute) * 60_000 > time.now() - liveKeptMs) return false;
  return !counters.some((item) => item.pk?.S === pk && item.sk?.S === sk);
}

async function compareDashboards(
  world: World,
  fresh: Map<Watch['view'], Dashboard>,
  texts: boolean,
  differences: string[],
): Promise<void> {
  for (const dashboard of world.dashboards) {
    const { watch } = dashboard;
    const opened = fresh.get(watch.view) ?? (await world.freshDashboard(watch));
    fresh.set(watch.view, opened);
    differences.push(...dashboardDifferences(dashboard, opened, texts));
  }
  for (const dashboard of fresh.values()) dashboard.close();
}

function activeIn(dashboards: Dashboard[], fresh: Map<string, Dashboard>, presence: Presence[]): string[] {
  const live = [...dashboards, ...fresh.values()].filter(({ watch }) => watch.view === 'live');
  return live.flatMap((dashboard) => activeDifferences(dashboard, presence));
}

/**
 * Whose a load is, by its claim. One that sends without a token after its claim has expired (96 h) and was deleted is claimed
 * again, and may then be somebody else's.
 */
function ownerIn({ db }: World): (load: string, at: number) => string | undefined {
  const claims = new Map<string, { visitor: string; until: number }[]>();
  const current = db.all(tables.visitors).map((item) => ({ item, at: Number.POSITIVE_INFINITY }));
  for (const { item, at } of [...db.expired, ...current]) {
    const [what, , load = ''] = (item.pk?.S ?? '').split('|');
    if (what !== 'load' || item.v?.S === undefined) continue;
    claims.set(load, [...(claims.get(load) ?? []), { visitor: item.v.S, until: at }]);
  }
  return (load, at) => {
    const ofLoad = claims.get(load) ?? [];
    // A state that still holds the load needs no claim.
    return (ofLoad.find(({ until }) => at < until) ?? ofLoad.at(-1))?.visitor;
  };
}

/** Records that named a configuration before it was there: how many visitors they made, and where they stand. */
function earlyOf({ stream, operator }: World): { early: number; mayFail: Set<string> } {
  const mayFail = new Set<string>();
  for (const { shardId, sequenceNumber, data } of stream.everything) {
    const text = Buffer.from(data).toString('utf8');
    const [, load, n] = /"l":"([0-9a-f]{16})","n":(\d+)/.exec(text) ?? [];
    if (operator.early.has(`${load} ${n}`)) mayFail.add(`${shardId}-${sequenceNumber}`);
  }
  return { early: operator.early.size, mayFail };
}

function missing(batches: ReadonlySet<string>, among: ReadonlySet<string>, what: string): string[] {
  return [...batches].filter((batch) => !among.has(batch)).map((batch) => `batch ${batch} ${what}`);
}
