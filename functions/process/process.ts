import { type FailedRecord, unwritableReason } from '../contract/failed.ts';
import { laneOf } from '../contract/position.ts';
import { log } from '../log.ts';
import { nothingPushed, type Pushed, type Pusher, type SiteUpdate } from '../push/pusher.ts';
import type { SetAsideStore } from '../store/set-aside-store.ts';
import type { VisitorStore } from '../store/visitor-store.ts';
import { batchName } from '../stream/batch-name.ts';
import { type AgreeDeps, prepareAgreed } from './agree.ts';
import { type Entry, isRecordEntry, type LaneBatch, type StreamBatch } from './batch.ts';
import type { FailedStore } from './failed-store.ts';
import { inParallel } from './in-parallel.ts';
import type { Pace } from './pace.ts';
import type { Prepared } from './prepare.ts';
import type { Run } from './run.ts';
import { type WriteRunDeps, writeRun } from './write-run.ts';

/** Ports and caches, made once per instance. */
export interface ProcessDeps extends WriteRunDeps, AgreeDeps {
  visitors: Pick<VisitorStore, 'load' | 'save' | 'claimLoad' | 'retireLoad'>;
  setAside: SetAsideStore;
  pusher: Pusher;
  /** Raised by configuration when the stream is made anew. */
  generation: number;
  pace: Pick<Pace, 'note' | 'adjust'>;
}

export interface Figures {
  /** Of each batch that was folded, as `batchName` has it. */
  batches: string[];
  records: number;
  events: number;
  repeats: number;
  /** Records that were set aside, and items whose increments wait. */
  failed: number;
  /** How many of them for which reason. */
  failedReasons: Record<string, number>;
  putBack: number;
  itemsWritten: number;
  guardConflicts: number;
  rageClicks: number;
  pushed: Pushed;
  foldMs: number;
  /** Records that could be read, ticks too. */
  recordsBySite: ReadonlyMap<string, number>;
  /** The newest receipt among the records, ms since the epoch; 0 without one. */
  newestReceipt: number;
}
export interface Processed {
  /** From here on the batch must be tried again; null: all of it is done. */
  failedFrom: string | null;
  figures: Figures;
}

/**
 * One batch of one shard, counted exactly once whatever is repeated, split or interrupted (ARCHITECTURE: exactly once).
 * Never throws for what the batch holds or a port does: a failure is told by the sequence number to try again from.
 */
export async function processBatch(batch: StreamBatch, deps: ProcessDeps): Promise<Processed> {
  const figures = noFigures(batch.records.length);
  const lane = laneOf(deps.generation, batch.shardId);
  let failedFrom = batch.records[0]?.sequenceNumber ?? null;
  try {
    const prepared = await prepareAgreed(batch, lane, deps);
    const { entries, runs } = prepared;
    Object.assign(figures, figuresOf(prepared));
    for (const { reason } of await keepFailed(prepared, deps.failed)) countFailed(figures, reason, 1);
    for (const run of runs) {
      failedFrom = run.first.source.sequenceNumber;
      const { totals, conflicts, waiting } = await writeRun(prepared, run, deps, deps.clock());
      countFailed(figures, unwritableReason, waiting);
      figures.itemsWritten += totals.length;
      figures.guardConflicts += conflicts;
      addPushed(figures.pushed, await deps.pusher.push(updatesOf(run, totals)));
    }
    await adjustPaces(entries, deps);
    return { failedFrom: null, figures };
  } catch (error) {
    log.error('batch is to be tried again', error, { shard: batch.shardId, from: failedFrom ?? '' });
    return { failedFrom, figures };
  }
}

const putsAtOnceMax = 8;

/** Before anything is counted: what is not kept would be lost where a guard passes over it. */
async function keepFailed({ shardId, entries }: LaneBatch, store: FailedStore): Promise<FailedRecord[]> {
  const failed = entries.flatMap(({ source, content }) => {
    if (content.what !== 'failed') return [];
    const { site, reason, message } = content;
    const { sequenceNumber, data, arrivedAt: at } = source;
    return [{ site, at, shardId, sequenceNumber, reason, message, data }];
  });
  await inParallel(failed, putsAtOnceMax, (record) => store.put(record));
  for (const { site, reason, message } of failed) log.warn('record set aside', { site, reason, fault: message });
  return failed;
}

/** Only after all is counted: a pace is a courtesy to a watched site's pages. */
async function adjustPaces(entries: readonly Entry[], { pace, clock }: ProcessDeps): Promise<void> {
  const sites = new Map<string, number>();
  for (const { content } of entries.filter(isRecordEntry)) {
    const { record, config } = content;
    pace.note(record.site, record.load, record.receivedAt);
    sites.set(record.site, config.watchedRequestsPerSecondMax);
  }
  try {
    for (const [site, requestsPerSecondMax] of sites) await pace.adjust(site, requestsPerSecondMax, clock());
  } catch (error) {
    log.error('pace was not adjusted', error);
  }
}

function countFailed(figures: Figures, reason: string, count: number): void {
  if (count === 0) return;
  figures.failed += count;
  figures.failedReasons[reason] = (figures.failedReasons[reason] ?? 0) + count;
}

function addPushed(sum: Pushed, more: Pushed): void {
  sum.messages += more.messages;
  sum.bytes += more.bytes;
  sum.gone += more.gone;
  sum.failures += more.failures;
}

function figuresOf({ entries, events, rageClicks, repeats, foldMs }: Prepared): Partial<Figures> {
  const newestReceipt = entries.reduce((newest, entry) => Math.max(newest, receiptOf(entry)), 0);
  const putBack = entries.filter(({ content }) => content.what === 'passed' && content.why === 'put-back').length;
  const recordsBySite = countBySite(entries);
  return {
    batches: entries.flatMap(nameOf),
    recordsBySite,
    events,
    rageClicks,
    repeats,
    foldMs,
    newestReceipt,
    putBack,
  };
}

function countBySite(entries: readonly Entry[]): Map<string, number> {
  const sites = new Map<string, number>();
  for (const { content } of entries) {
    const site =
      content.what === 'record' ? content.record.site : content.what === 'tick' ? content.tick.tick : undefined;
    if (site !== undefined) sites.set(site, (sites.get(site) ?? 0) + 1);
  }
  return sites;
}

function nameOf({ content }: Entry): string[] {
  return content.what === 'record' ? [batchName(content.record.load, content.record.n)] : [];
}

function receiptOf({ content }: Entry): number {
  if (content.what === 'record') return content.record.receivedAt;
  return content.what === 'tick' ? content.tick.receivedAt : 0;
}

function updatesOf(run: Run, totals: SiteUpdate['items']): SiteUpdate[] {
  return [...run.sites].map(([site, { asOf, feed }]) => ({
    site,
    asOf,
    items: totals.filter(({ key }) => key.pk.split('|')[1] === site),
    feed,
  }));
}

export function noFigures(records: number): Figures {
  return {
    batches: [],
    records,
    events: 0,
    repeats: 0,
    failed: 0,
    failedReasons: {},
    putBack: 0,
    itemsWritten: 0,
    guardConflicts: 0,
    rageClicks: 0,
    pushed: nothingPushed(),
    foldMs: 0,
    recordsBySite: new Map(),
    newestReceipt: 0,
  };
}
