/** A world whose counters are rebuilt while it goes on: between any two steps of the rebuild, the processor and the visitors have theirs. */
import { keyText } from '../../../functions/contract/counter.ts';
import type { StreamRecord } from '../../../functions/contract/record.ts';
import type { EpochStore } from '../../../functions/sites/epoch-store.ts';
import { auditDay } from '../../../localstack/audit/audit-day.ts';
import { type RebuildReport, rebuild } from '../../../localstack/rebuild/rebuild.ts';
import type { RebuildPorts } from '../../../localstack/rebuild/rebuild-ports.ts';
import { Random } from '../../simulate/random.ts';
import { epoch, site } from '../aggregate/given.ts';
import { ArchivedWorld, now, shardOf } from './archived-world.ts';

class Crash extends Error {}

export interface Interruption {
  /** The step at which the rebuild ends at once: before what it does, or after. */
  at: number;
  when: 'before' | 'after';
}

export class RebuildWorld extends ArchivedWorld {
  steps = 0;
  interruption: Interruption | null = null;
  /** Nobody comes, and the processor does nothing. */
  isAlone = false;
  /** How much later than all else the rebuild is run, ms. */
  later = 0;
  marks = true;
  /** So many of the newest records of a shard may not be told yet. */
  hiddenMax = 3;
  readonly #random: Random;
  /** Records that have yet to come. */
  readonly #coming: StreamRecord[];

  constructor(records: readonly StreamRecord[], seed: number, shardFor: (visitor: string) => number) {
    super(shardFor);
    this.#random = new Random(seed);
    this.#coming = [...records];
  }

  arrive(count: number): void {
    for (const record of this.#coming.splice(0, count)) this.put(record);
  }

  /** Rebuilds; begun again as often as it is interrupted. */
  async rebuild(again = false): Promise<RebuildReport> {
    for (;;) {
      try {
        return await rebuild(this.rebuildPorts(), { auditDays: 1, again });
      } catch (error) {
        if (!this.#isDead) throw error;
        this.#isDead = false;
        // Nobody is there to follow for a while: the processor may have to wait.
        for (let step = 0; step < 3; step++) await this.#goOn();
      }
    }
  }

  async finish(): Promise<void> {
    this.arrive(Number.POSITIVE_INFINITY);
    await this.archiveAll();
    await this.process();
  }

  /** A dead process does nothing more: whatever it tries next fails. */
  #isDead = false;

  async #goOn(): Promise<void> {
    if (this.#isDead) throw new Crash();
    if (this.isAlone) return;
    if (this.#random.chance(0.15)) this.arrive(1);
    if (this.#random.chance(0.5)) await this.step(this.#random.whole(1, 4));
    if (this.#random.chance(0.1)) await this.archiveAll(this.#random.whole(1, 9));
  }

  /** Around everything that the rebuild does outside itself. */
  async #around<T>(deed: () => Promise<T>): Promise<T> {
    await this.#goOn();
    this.steps += 1;
    const isLast = this.interruption?.at === this.steps;
    this.#isDead = isLast;
    if (isLast && this.interruption?.when === 'before') throw new Crash();
    const result = await deed();
    if (isLast) throw new Crash();
    return result;
  }

  /** The moment that matters most: just before and just after it visitors come, and the processor is at work. */
  async #crowded(...move: Parameters<EpochStore['switchTo']>): Promise<boolean> {
    const crowd = async (): Promise<void> => {
      if (this.isAlone) return;
      for (let turn = this.#random.whole(0, 2); turn > 0; turn--) {
        this.arrive(this.#random.whole(0, 2));
        await this.step(this.#random.whole(1, 3));
      }
    };
    await crowd();
    // As a rule it is not behind at all.
    if (!this.isAlone && this.#random.chance(0.6)) await this.step(1_000);
    // A batch that has entered before the switch, and comes to its end after it.
    this.arrive(2);
    let isSwitched = false;
    const { processIn } = this;
    this.processIn = async (of, batch) => {
      isSwitched ||= await this.epochs.switchTo(...move);
      return processIn(of, batch);
    };
    if (!this.isAlone) await this.step(this.#random.whole(1, 3));
    this.processIn = processIn;
    isSwitched ||= await this.epochs.switchTo(...move);
    await crowd();
    return isSwitched;
  }

  #watched<T extends object>(port: T): T {
    const around = <R>(deed: () => Promise<R>) => this.#around(deed);
    return new Proxy(port, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]) => around(() => Promise.resolve(value.apply(target, args)));
      },
    });
  }

  rebuildPorts(): RebuildPorts {
    return {
      archive: this.archive,
      shards: () => this.#around(async () => [...this.shards.keys()].sort()),
      records: (shardId, after) => this.#behind(shardId, after),
      mark: () =>
        this.#around(async () =>
          [...this.shards].flatMap(([shardId, records]) => {
            if (!this.marks) return [];
            this.put({ v: 1, tick: site, receivedAt: now }, Number(shardId.slice(-3)));
            return { shardId, sequenceNumber: records.at(-1)?.sequenceNumber ?? '' };
          }),
        ),
      putBack: (record) => this.#around(async () => this.put(record)),
      generation: 0,
      epochs: { ...this.#watched(this.epochs), switchTo: (...move) => this.#around(() => this.#crowded(...move)) },
      configured: epoch,
      fillGoals: (of) =>
        this.#around(async () => void this.filled.set(of, this.filled.get(of) ?? Math.max(...this.configs))),
      stores: (of) => {
        const { counters, visitors, ...stores } = this.deps(of);
        return { ...stores, counters: this.#watched(counters), visitors: this.#watched(visitors) };
      },
      copyOlder: async () => undefined,
      zoneOf: async () => 'UTC',
      audit: (of, ofSite, day) => auditDay(of, ofSite, day, this.auditPorts(of)),
      sleep: () => this.#goOn(),
      clock: () => now + this.later,
      progress: () => undefined,
    };
  }

  /** What was put last may not be told yet. */
  async *#behind(shardId: string, after: string | null) {
    await this.#goOn();
    const records = this.shards.get(shardId) ?? [];
    const from = after === null ? 0 : records.findIndex(({ sequenceNumber }) => sequenceNumber === after) + 1;
    const to = Math.max(from, records.length - this.#random.whole(0, this.hiddenMax));
    yield records.slice(from, to).map((record) => ({ ...record, shardId, generation: 0 }));
  }

  /** Everything that is counted in an epoch, without its name. */
  async countsOf(of: string, pks: Iterable<string>): Promise<Map<string, Record<string, number>>> {
    const items = new Map<string, Record<string, number>>();
    for (const pk of pks) {
      for (const { key, counters } of await this.counters.partition(`${of}|${pk}`)) {
        items.set(keyText({ pk, sk: key.sk }), counters);
      }
    }
    return items;
  }
}

export const twoShards = (visitor: string): number => Number.parseInt(visitor, 16) % 2;
export const bothShards = [shardOf(0), shardOf(1)];
