import { type NameNeeded, namesNeeded } from '../aggregate/names-needed.ts';
import type { FailedRecord } from '../contract/failed.ts';
import { type Lane, laneOf, type Position } from '../contract/position.ts';
import { log } from '../log.ts';
import type { Pusher, SiteUpdate } from '../push/pusher.ts';
import type { VisitorStore } from '../store/visitor-store.ts';
import type { AdmissionCache } from './admission-cache.ts';
import { type Entry, isRecordEntry, type LaneBatch, notFolded, type StreamBatch } from './batch.ts';
import type { ConfigCache } from './config-cache.ts';
import type { FailedStore } from './failed-store.ts';
import { foldBatch } from './fold-batch.ts';
import { inParallel } from './in-parallel.ts';
import { type LoadOwnersDeps, settleOwners } from './load-owners.ts';
import type { Pace } from './pace.ts';
import { readBatch } from './read-batch.ts';
import type { Run } from './run.ts';
import { loadVisitors, type VisitorInBatch, visitorName } from './visitor-in-batch.ts';
import { type WriteRunDeps, writeRun } from './write-run.ts';

/** Ports and caches, made once per instance. */
export interface ProcessDeps extends WriteRunDeps, Pick<LoadOwnersDeps, 'stream'> {
  visitors: VisitorStore;
  configs: ConfigCache;
  admissions: AdmissionCache;
  failed: FailedStore;
  pusher: Pusher;
  /** Raised by configuration when the stream is made anew. */
  generation: number;
  clock: () => number;
  pace: Pick<Pace, 'note' | 'adjust'>;
}

export interface Figures {
  records: number;
  events: number;
  repeats: number;
  failed: number;
  /** How many of them for which reason. */
  failedReasons: Record<string, number>;
  putBack: number;
  itemsWritten: number;
  foldMs: number;
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
    const { runs, entries } = await prepare(batch, lane, deps, figures);
    for (const run of runs) {
      failedFrom = run.first.source.sequenceNumber;
      const totals = await writeRun(lane, run, deps, deps.clock());
      figures.itemsWritten += totals.length;
      await deps.pusher.push(updatesOf(run, totals));
    }
    await adjustPaces(entries, deps);
    return { failedFrom: null, figures };
  } catch (error) {
    log.error('batch is to be tried again', error, { shard: batch.shardId, from: failedFrom ?? '' });
    return { failedFrom, figures };
  }
}

/** Everything up to the first write of a counter; what fails is set aside here, so that it has touched none. */
async function prepare(batch: StreamBatch, lane: Lane, deps: ProcessDeps, figures: Figures) {
  const entries = await readBatch(batch.records, deps.configs);
  const laneBatch: LaneBatch = { shardId: batch.shardId, lane, entries };
  const visitors = await loadVisitors(laneBatch, deps.visitors);
  for (const entry of entries) passOverCounted(entry, lane, visitors);
  await settleOwners(laneBatch, visitors, deps, deps.clock());

  const admissions = await deps.admissions.admit(entries.flatMap((entry) => namesOf(entry, deps.epoch)));
  const startedAt = deps.clock();
  const folded = foldBatch(laneBatch, visitors, admissions, deps.epoch);
  figures.foldMs = deps.clock() - startedAt;
  figures.events = folded.events;
  figures.repeats = folded.repeats;
  figures.newestReceipt = entries.reduce((newest, entry) => Math.max(newest, receiptOf(entry)), 0);
  figures.putBack = entries.filter(({ content }) => content.what === 'passed' && content.why === 'put-back').length;
  for (const { reason } of await setAside(laneBatch, deps.failed)) {
    figures.failed += 1;
    figures.failedReasons[reason] = (figures.failedReasons[reason] ?? 0) + 1;
  }
  return { runs: folded.runs, entries };
}

/** Records that their visitor's state holds already, and those whose state cannot be read. */
function passOverCounted(entry: Entry, lane: Lane, visitors: Map<string, VisitorInBatch>): void {
  if (entry.content.what !== 'record') return;
  const { site, visitor: id } = entry.content.record;
  const visitor = visitors.get(visitorName(site, id));
  const guard: Position | undefined = visitor?.guards[lane];
  if (guard !== undefined && entry.position <= guard) entry.content = { what: 'passed', why: 'counted' };
  else if (visitor?.fault) entry.content = { what: 'failed', site, reason: 'bad-state', message: visitor.fault };
}

function namesOf(entry: Entry, epoch: string): NameNeeded[] {
  if (entry.content.what !== 'record') return [];
  const { record, config } = entry.content;
  try {
    return namesNeeded(record, config, epoch);
  } catch (error) {
    entry.content = notFolded(record.site, error);
    return [];
  }
}

const putsAtOnceMax = 8;

async function setAside({ shardId, entries }: LaneBatch, store: FailedStore): Promise<FailedRecord[]> {
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

function noFigures(records: number): Figures {
  return {
    records,
    events: 0,
    repeats: 0,
    failed: 0,
    failedReasons: {},
    putBack: 0,
    itemsWritten: 0,
    foldMs: 0,
    newestReceipt: 0,
  };
}
