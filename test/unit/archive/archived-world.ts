/** Processor and archiver over the same shards, with every store in memory: what an audit reads. */
import { archiveBatch } from '../../../functions/archive/archive-batch.ts';
import { memoryArchiveStore } from '../../../functions/archive/archive-store.memory.ts';
import { keyText } from '../../../functions/contract/counter.ts';
import { failedKey, failedText } from '../../../functions/contract/failed.ts';
import type { Lane, Position } from '../../../functions/contract/position.ts';
import type { AnyRecord, StreamRecord } from '../../../functions/contract/record.ts';
import { AdmissionCache } from '../../../functions/process/admission-cache.ts';
import { ConfigCache } from '../../../functions/process/config-cache.ts';
import { type ProcessDeps, processBatch } from '../../../functions/process/process.ts';
import { memoryAdmissionStore } from '../../../functions/store/admission-store.memory.ts';
import { memoryCounterStore } from '../../../functions/store/counter-store.memory.ts';
import type { CounterStore } from '../../../functions/store/counter-store.ts';
import { memoryProgressStore } from '../../../functions/store/progress-store.memory.ts';
import { memorySetAsideStore } from '../../../functions/store/set-aside-store.memory.ts';
import { memoryVisitorStore } from '../../../functions/store/visitor-store.memory.ts';
import { encodeRecord } from '../../../functions/stream/record.ts';
import type { AuditPorts } from '../../../localstack/audit/audit-day.ts';
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
  readonly visitors = memoryVisitorStore();
  readonly setAside = memorySetAsideStore();
  readonly counters = memoryCounterStore();
  readonly claims = new Map<string, string>();
  /** Configuration versions that can be read. */
  readonly configs = new Set([1]);
  /** Stands before the store, for tests that break it. */
  addItem: CounterStore['add'] = (lane, item) => this.counters.add(lane, item);
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
      const { failedFrom } = await processBatch({ shardId, records }, this.#deps());
      if (failedFrom !== null) throw new Error(`${failedFrom} was given back`);
    });
  }
  readonly processed = new Map<string, number>();

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

  #deps(): ProcessDeps {
    return {
      epoch,
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
      visitors: {
        ...this.visitors,
        claimLoad: async (...args) => {
          const claim = await this.visitors.claimLoad(...args);
          this.claims.set(args[1], claim.visitor);
          return claim;
        },
      },
      admissions: new AdmissionCache(this.admissions),
      progress: memoryProgressStore(),
      stream: { put: async (record) => this.put(record) },
      setAside: this.setAside,
      failed: {
        put: async (record) => this.archive.put(failedKey(record), Buffer.from(failedText(record)), 'application/json'),
      },
      configs: new ConfigCache({ version: (_, version) => this.#config(version) }),
      pusher: { push: async () => undefined },
      pace: { note: () => undefined, adjust: async () => undefined },
    };
  }

  async #config(version: number) {
    return this.configs.has(version) ? { ...configOf(), version } : null;
  }

  auditPorts(): AuditPorts {
    return {
      archive: this.archive,
      stream: () => this.#onStream(),
      sites: {
        current: async (id) => (id === site ? configOf() : null),
        version: (_, version) => this.#config(version),
      },
      admissions: this.admissions,
      visitors: this.visitors,
      ownerOf: async (_, load) => this.claims.get(load) ?? null,
      storedItems: async (pk) => {
        const items = await this.counters.partition(pk);
        return items.map(({ key, counters }) => ({ key, counters, guards: this.#guards.get(keyText(key)) ?? {} }));
      },
      clock: () => now,
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
