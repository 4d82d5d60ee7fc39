/** Processor and archiver over the same shards, with every store in memory: what an audit reads. */

import { archiveBatch } from '../../../functions/archive/archive-batch.ts';
import { memoryArchiveStore } from '../../../functions/archive/archive-store.memory.ts';
import { keyText } from '../../../functions/contract/counter.ts';
import { failedKey, failedText } from '../../../functions/contract/failed.ts';
import type { Lane, Position } from '../../../functions/contract/position.ts';
import type { AnyRecord, StreamRecord } from '../../../functions/contract/record.ts';
import { AdmissionCache } from '../../../functions/process/admission-cache.ts';
import type { StreamBatch } from '../../../functions/process/batch.ts';
import { ConfigCache } from '../../../functions/process/config-cache.ts';
import { EpochGate } from '../../../functions/process/epoch-gate.ts';
import { type ProcessDeps, type Processed, processBatch } from '../../../functions/process/process.ts';
import { processInEpoch } from '../../../functions/process/process-in-epoch.ts';
import { silentPusher } from '../../../functions/push/pusher.ts';
import { memoryEpochStore } from '../../../functions/sites/epoch-store.memory.ts';
import { memoryAdmissionStore } from '../../../functions/store/admission-store.memory.ts';
import { memoryCounterStore } from '../../../functions/store/counter-store.memory.ts';
import type { CounterStore } from '../../../functions/store/counter-store.ts';
import { memoryProgressStore } from '../../../functions/store/progress-store.memory.ts';
import { memorySetAsideStore } from '../../../functions/store/set-aside-store.memory.ts';
import { memoryVisitorStore } from '../../../functions/store/visitor-store.memory.ts';
import { encodeRecord } from '../../../functions/stream/record.ts';
import type { AuditPorts } from '../../../localstack/audit/audit-day.ts';
import { lawGoals } from '../../law/recount-goals.ts';
import { configOf, epoch, site } from '../aggregate/given.ts';

export const shardOf = (index: number) => `shardId-${String(index).padStart(12, '0')}`;
export const now = Date.parse('2026-11-23T15:00:00Z');
export const day = '2026-11-23';

interface OnShard {
  sequenceNumber: string;
  data: Uint8Array;
  arrivedAt: number;
}

export class ArchivedWorld {
  readonly shards = new Map<string, OnShard[]>();
  readonly archive = memoryArchiveStore();
  readonly admissions = memoryAdmissionStore();
  readonly setAside = memorySetAsideStore();
  readonly epochs = memoryEpochStore();
  readonly counters = memoryCounterStore();
  readonly claims = new Map<string, string>();
  /** Configuration versions that can be read. */
  readonly configs = new Set([1]);
  /** The first of them that has goals. */
  goalsSince = 1;
  /** By epoch, from which version on goals are back-filled. */
  readonly filled = new Map<string, number>();
  /** Stands before the store, for tests that break it. */
  addItem: CounterStore['add'] = (lane, item) => this.counters.add(lane, item);
  /** How much later than the traffic an audit is. */
  laterMs = 0;
  /** How often a batch may be given back before the test fails. */
  retries = 0;
  #puts = 0;
  readonly #guards = new Map<string, Record<Lane, Position>>();

  constructor(
    /** Which shard a visitor's records go to. */
    private readonly shardFor: (visitor: string) => number = () => 0,
  ) {}

  put(record: AnyRecord | Uint8Array, shard?: number): void {
    const data = record instanceof Uint8Array ? record : encodeRecord(record);
    const visitor = record instanceof Uint8Array || 'tick' in record ? '' : record.visitor;
    const id = shardOf(shard ?? this.shardFor(visitor));
    const records = this.shards.get(id) ?? [];
    this.#puts += 1;
    const sequenceNumber = `4959${String(this.#puts).padStart(52, '0')}`;
    records.push({ sequenceNumber, data, arrivedAt: now - 3_600_000 + this.#puts });
    this.shards.set(id, records);
  }

  /** Works through what is new on every shard, `count` records at most on each, in batches of `size`. */
  async process(size = 7, count = Number.POSITIVE_INFINITY, cursor = this.processed): Promise<void> {
    await this.#eachBatch(cursor, size, count, async (shardId, records) => {
      for (let tries = 0; ; tries++) {
        const failedFrom = await this.#processBatch(shardId, records);
        if (failedFrom === null) return;
        if (tries >= this.retries) throw new Error(`${failedFrom} was given back`);
      }
    });
  }
  readonly processed = new Map<string, number>();
  /** In place of the real one, for tests that break it. */
  gate: Pick<EpochGate, 'enter'> | null = null;

  /** At most one batch of each shard; one that is given back stays where it is. */
  async step(size: number): Promise<void> {
    for (const [shardId, records] of this.shards) {
      const from = this.processed.get(shardId) ?? 0;
      const batch = records.slice(from, from + size);
      if (batch.length === 0) continue;
      const failedFrom = await this.#processBatch(shardId, batch);
      const done = failedFrom === null ? batch.length : batch.findIndex((one) => one.sequenceNumber === failedFrom);
      this.processed.set(shardId, from + done);
    }
  }

  async #processBatch(shardId: string, records: OnShard[]): Promise<string | null> {
    const batch = { shardId, records };
    const gate = new EpochGate({ epochs: this.epochs, configured: epoch, sleep: this.whileGateWaits, looks: 2 });
    return (await processInEpoch(batch, this.gate ?? gate, (of) => this.processIn(of, batch))).failedFrom;
  }
  whileGateWaits = (): Promise<void> => Promise.resolve();
  processIn = (of: string, batch: StreamBatch): Promise<Processed> => processBatch(batch, this.deps(of));

  async archiveAll(size = 5, count = Number.POSITIVE_INFINITY): Promise<void> {
    await this.#eachBatch(this.archived, size, count, async (shardId, records) => {
      await archiveBatch({ generation: 0, shardId, records }, this.archive);
    });
  }
  readonly archived = new Map<string, number>();

  async #eachBatch(
    cursor: Map<string, number>,
    size: number,
    count: number,
    work: (shardId: string, records: OnShard[]) => Promise<void>,
  ): Promise<void> {
    const isLeft = () => [...this.shards].some(([id, { length }]) => (cursor.get(id) ?? 0) < Math.min(length, count));
    while (isLeft()) {
      for (const [id, records] of this.shards) {
        const from = cursor.get(id) ?? 0;
        const to = Math.min(records.length, count, from + size);
        if (to <= from) continue;
        await work(id, records.slice(from, to));
        cursor.set(id, to);
      }
    }
  }

  /** Who owns a load is the same in every epoch; all else that is remembered of visitors is an epoch's own. */
  visitorsOf(of: string): ReturnType<typeof memoryVisitorStore> {
    const own = this.#visitors.get(of) ?? memoryVisitorStore();
    this.#visitors.set(of, own);
    return {
      ...own,
      claimLoad: async (ofSite, load, visitor, expiresAt) => {
        const owner = this.claims.get(load) ?? visitor;
        this.claims.set(load, owner);
        return own.claimLoad(ofSite, load, owner, expiresAt);
      },
      ownerOf: async (_, load) => this.claims.get(load) ?? null,
      forgetLoad: async (ofSite, load) => {
        this.claims.delete(load);
        await own.forgetLoad(ofSite, load);
      },
    };
  }
  readonly #visitors = new Map<string, ReturnType<typeof memoryVisitorStore>>();

  deps(of: string): ProcessDeps {
    return {
      epoch: of,
      generation: 0,
      clock: () => now,
      counters: {
        add: async (lane, item) => {
          const result = await this.addItem(lane, item);
          const guards = this.#guards.get(keyText(item.key)) ?? {};
          const guard = guards[lane];
          this.#guards.set(keyText(item.key), {
            ...guards,
            [lane]: guard !== undefined && guard > item.last ? guard : item.last,
          });
          return result;
        },
      },
      visitors: this.visitorsOf(of),
      admissions: new AdmissionCache(this.admissions),
      progress: memoryProgressStore(),
      stream: { put: async (record) => this.put(record) },
      setAside: this.setAside,
      failed: {
        put: async (record) => this.archive.put(failedKey(record), Buffer.from(failedText(record)), 'application/json'),
      },
      configs: new ConfigCache(this.#sites),
      pusher: silentPusher,
      pace: { note: () => undefined, adjust: async () => undefined },
    };
  }

  async #config(version: number) {
    return this.configs.has(version) ? { ...configOf(), ...(version >= this.goalsSince && lawGoals), version } : null;
  }

  readonly #sites = {
    version: (_: string, version: number) => this.#config(version),
    goalsFrom: async (_: string, of: string) => this.filled.get(of) ?? null,
  };

  auditPorts(of: string = epoch): AuditPorts {
    return {
      archive: this.archive,
      stream: () => this.#onStream(),
      sites: {
        current: async (id) => (id === site ? configOf() : null),
        ...this.#sites,
      },
      admissions: this.admissions,
      visitors: this.visitorsOf(of),
      storedItems: async (pk) => {
        const items = await this.counters.partition(pk);
        return items.map((item) => ({ ...item, guards: this.#guards.get(keyText(item.key)) ?? {} }));
      },
      clock: () => now + this.laterMs,
      progress: () => undefined,
    };
  }

  async *#onStream() {
    for (const [shardId, records] of this.shards)
      for (const record of records) yield { ...record, shardId, generation: 0 };
  }
}

/** The traffic's records at times that an audit of `day` looks at. */
export function putAll(world: ArchivedWorld, records: readonly StreamRecord[]): void {
  for (const record of records) world.put(record);
}
