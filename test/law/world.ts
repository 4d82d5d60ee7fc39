/** The processor with every store in memory, and a shard that hands out its records as an event source mapping does. */

import {
  keyText,
  parsePlaceCounter,
  parseTileSort,
  type Totals,
  tilePlaceText,
} from '../../functions/contract/counter.ts';
import { parsePlace } from '../../functions/contract/place.ts';
import type { AnyRecord } from '../../functions/contract/record.ts';
import { AdmissionCache } from '../../functions/process/admission-cache.ts';
import type { StreamBatchRecord } from '../../functions/process/batch.ts';
import { ConfigCache } from '../../functions/process/config-cache.ts';
import { memoryFailedStore } from '../../functions/process/failed-store.memory.ts';
import { type ProcessDeps, type Processed, processBatch } from '../../functions/process/process.ts';
import type { SiteUpdate } from '../../functions/push/pusher.ts';
import { nothingPushed } from '../../functions/push/pusher.ts';
import { memoryAdmissionRows } from '../../functions/store/admission-rows.memory.ts';
import { admissionStore } from '../../functions/store/admission-store.ts';
import { memoryCounterStore } from '../../functions/store/counter-store.memory.ts';
import { memoryProgressStore } from '../../functions/store/progress-store.memory.ts';
import { memorySetAsideStore } from '../../functions/store/set-aside-store.memory.ts';
import { memoryVisitorStore } from '../../functions/store/visitor-store.memory.ts';
import { encodeRecord } from '../../functions/stream/record.ts';
import { memoryStreamWriter } from '../../functions/stream/stream-writer.memory.ts';
import { configOf, epoch, site } from '../unit/aggregate/given.ts';
import { lawGoals } from './recount-goals.ts';

export const shardId = 'shardId-000000000003';

/** Stands between the processor and one write of a store: may refuse it, delay it, or fail after it. */
export type Gate = (write: () => Promise<unknown>) => Promise<unknown>;
const open: Gate = (write) => write();

export interface Stores {
  counters: ProcessDeps['counters'] & Pick<ReturnType<typeof memoryCounterStore>, 'partition'>;
  visitors: ProcessDeps['visitors'];
  setAside: ProcessDeps['setAside'];
}

/** @throws Error for a counter whose place was never admitted. */
function countedByPlace(items: readonly Totals[], places: Map<string, string>): Totals[] {
  const byPlace = new Map<string, Totals>();
  for (const { key, counters } of items) {
    const { group, when, tile } = parseTileSort(key.sk);
    for (const [counter, value] of Object.entries(counters)) {
      const { at, name } = parsePlaceCounter(counter);
      const place = places.get(tilePlaceText([group, tile, at]));
      if (place === undefined) throw new Error(`${counter} of ${key.sk} is at a place that nobody holds`);
      const sk = `${when}|${place}`;
      const totals = byPlace.get(sk) ?? { key: { pk: key.pk, sk }, counters: {}, texts: {} };
      byPlace.set(sk, totals);
      totals.counters[name] = (totals.counters[name] ?? 0) + value;
    }
  }
  return [...byPlace.values()].sort((one, other) => (one.key.sk < other.key.sk ? -1 : 1));
}

export class World {
  readonly counters: Stores['counters'];
  readonly visitors: Stores['visitors'];
  readonly setAside: Stores['setAside'];
  /** Versions of the site's configuration that can be read. */
  readonly configs = new Set([1]);
  readonly failed = memoryFailedStore();
  readonly pushed: SiteUpdate[] = [];
  readonly progress = memoryProgressStore();
  readonly #admissions = memoryAdmissionRows();
  readonly #stream = memoryStreamWriter();
  readonly #partitions = new Set<string>();
  readonly #visitors = new Set<string>();
  readonly shard: StreamBatchRecord[] = [];

  constructor(records: readonly AnyRecord[], stores: Partial<Stores> = {}) {
    this.counters = stores.counters ?? memoryCounterStore();
    this.visitors = stores.visitors ?? memoryVisitorStore();
    this.setAside = stores.setAside ?? memorySetAsideStore();
    for (const record of records) this.put(encodeRecord(record));
  }

  put(data: Uint8Array): void {
    const sequenceNumber = `4959${String(this.shard.length + 1).padStart(52, '0')}`;
    this.shard.push({ sequenceNumber, data, arrivedAt: Date.parse('2026-11-23T13:00:00Z') });
  }

  /** One invocation with the records `from` up to `to`, a new instance each time. */
  async invoke(from: number, to: number, gate: Gate = open, shard = shardId): Promise<Processed> {
    const processed = await processBatch({ shardId: shard, records: this.shard.slice(from, to) }, this.#deps(gate));
    for (const { data } of this.#stream.written.splice(0)) this.put(data);
    return processed;
  }

  /**
   * The shard from `from` on, in batches of `sizeOf(attempt)`, each begun again where the last one failed; at least up to `to`.
   * @returns where it has come to.
   */
  async drain(
    from: number,
    sizeOf: (attempt: number) => number,
    gateOf: (attempt: number) => Gate = () => open,
    to = Number.POSITIVE_INFINITY,
  ): Promise<number> {
    let at = from;
    for (let attempt = 0; at < Math.min(to, this.shard.length); attempt++) {
      if (attempt > 10_000) throw new Error('the shard is never drained');
      const end = Math.min(this.shard.length, at + sizeOf(attempt));
      const { failedFrom } = await this.invoke(at, end, gateOf(attempt));
      at = failedFrom === null ? end : this.indexOf(failedFrom);
    }
    return at;
  }

  /** The shard up to `to`, in batches of `size`. */
  async drainTo(to: number, size: number, shard = shardId): Promise<void> {
    for (let from = 0; from < to; from += size) await this.invoke(from, Math.min(to, from + size), open, shard);
  }

  indexOf(sequenceNumber: string): number {
    return this.shard.findIndex((one) => one.sequenceNumber === sequenceNumber);
  }

  /**
   * Every item by its key; of elements, what each place has counted in its hour or day, wherever it stands: which tile that is
   * depends on who claimed first, and a fault may change the order of claims.
   */
  async items(): Promise<Map<string, Totals>> {
    const items = new Map<string, Totals>();
    for (const pk of [...this.#partitions].sort()) {
      const partition = await this.counters.partition(pk);
      const found = pk.split('|')[2] === 'element' ? countedByPlace(partition, await this.#placesOf(pk)) : partition;
      for (const totals of found) items.set(keyText(totals.key), totals);
    }
    return items;
  }

  async #placesOf(pk: string): Promise<Map<string, string>> {
    const admissions = await admissionStore(this.#admissions).all(pk);
    return new Map(
      admissions.map(({ name, tile = 0, at = 0 }) => [tilePlaceText([parsePlace(name).group, tile, at]), name]),
    );
  }

  /** Every visitor's state, without its guards: where those stand depends on how the stream was cut. */
  async states(): Promise<Map<string, string>> {
    const stored = await this.visitors.load(site, [...this.#visitors].sort(), 0);
    return new Map([...stored].map(([visitor, { state }]) => [visitor, state]));
  }

  #deps(gate: Gate): ProcessDeps {
    const through = <A extends unknown[], R>(write: (...args: A) => Promise<R>) => {
      return async (...args: A): Promise<R> => (await gate(() => write(...args))) as R;
    };
    return {
      epoch,
      generation: 0,
      clock: () => Date.parse('2026-11-23T13:00:00Z'),
      counters: {
        add: through((lane, item) => {
          this.#partitions.add(item.key.pk);
          return this.counters.add(lane, item);
        }),
      },
      visitors: {
        load: (...args) => this.visitors.load(...args),
        claimLoad: through(this.visitors.claimLoad),
        retireLoad: through(this.visitors.retireLoad),
        save: through((ofSite, visitor, change) => {
          this.#visitors.add(visitor);
          return this.visitors.save(ofSite, visitor, change);
        }),
      },
      setAside: {
        begin: through(this.setAside.begin),
        raise: through(this.setAside.raise),
        mayFold: through(this.setAside.mayFold),
        decide: through(this.setAside.decide),
        close: through(this.setAside.close),
      },
      admissions: new AdmissionCache({ admit: through(admissionStore(this.#admissions).admit) }),
      progress: { set: through(this.progress.set) },
      stream: { put: through(this.#stream.put) },
      failed: { put: through(this.failed.put) },
      configs: new ConfigCache({
        goalsFrom: async () => null,
        version: async (_, version) => (this.configs.has(version) ? { ...configOf(), ...lawGoals, version } : null),
      }),
      pusher: {
        push: async (updates) => {
          this.pushed.push(...updates);
          return nothingPushed();
        },
      },
      pace: { note: () => undefined, adjust: async () => undefined },
    };
  }
}
