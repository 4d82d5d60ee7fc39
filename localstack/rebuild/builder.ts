import type { ArchivedRecord } from '../../functions/archive/archive-line.ts';
import { type Lane, laneOf, type Position, positionOf, sequenceNumberOf } from '../../functions/contract/position.ts';
import type { Residue } from '../../functions/contract/residue.ts';
import { dayMs } from '../../functions/contract/time-unit.ts';
import { residueItems, residueLane } from '../../functions/forget/residue-items.ts';
import { itemExpiry } from '../../functions/process/item-expiry.ts';
import { type ProcessDeps, processBatch } from '../../functions/process/process.ts';
import { silentPusher } from '../../functions/push/pusher.ts';
import { memorySetAsideStore } from '../../functions/store/set-aside-store.memory.ts';
import type { SetAsideStore } from '../../functions/store/set-aside-store.ts';
import { isKept } from '../audit/day-scope.ts';
import type { RebuildPorts, StreamPlace } from './rebuild-ports.ts';

const batchSizeMax = 512;
/** In a row, without a record counted in between. */
const failuresMax = 12;
const pauseMs = 1_000;
/** The stream's retention: the processor has met what came longer ago. */
const streamKeptMs = dayMs;

export interface Built {
  records: number;
  events: number;
  /** Of the visitors' records, how many the archive gave. */
  archived: number;
  /** And how many were on the stream alone, as the archive did not hold them yet. */
  streamOnly: number;
}

/**
 * Counts records in an epoch that nobody reads yet, with the processor's own code and under the lanes' own guards. So an epoch may
 * be built by several, one after the other or at once: a rebuild that was interrupted, this one, and the processor that goes on.
 */
export class Builder {
  readonly built: Built = { records: 0, events: 0, archived: 0, streamOnly: 0 };
  /** How many records there are to count, as far as that is known. */
  expected = 0;
  readonly #deps: Omit<ProcessDeps, 'generation' | 'stream'>;
  #batchSize = batchSizeMax;
  readonly #positions = new Map<Lane, Position | null>();

  constructor(
    readonly epoch: string,
    private readonly ports: RebuildPorts,
    /** The visitor who owns a load that several name, where no claim tells. */
    ownerOf: (load: string) => string | null,
  ) {
    const { clock } = ports;
    const { counters, visitors, ...stores } = ports.stores(epoch);
    this.#deps = {
      ...stores,
      epoch,
      clock,
      visitors: {
        ...visitors,
        claimLoad: (site, load, visitor, expiresAt) =>
          visitors.claimLoad(site, load, ownerOf(load) ?? visitor, expiresAt),
      },
      counters: {
        async add(lane, item) {
          if (isKept(item.key, clock())) return counters.add(lane, item);
          // It would expire the moment it is written.
          return { outcome: 'counted', totals: { key: item.key, counters: {}, texts: {} } };
        },
      },
      progress: { set: async () => undefined },
      pusher: silentPusher,
      pace: { note: () => undefined, adjust: async () => undefined },
    };
  }

  /** The sequence number up to which a shard of today's stream is built; null: nothing of it. */
  async after(shardId: string): Promise<string | null> {
    const built = await this.#built(laneOf(this.ports.generation, shardId));
    return built === null ? null : sequenceNumberOf(built);
  }

  /** Whether everything up to a place of today's stream is built. */
  async reaches({ shardId, sequenceNumber }: StreamPlace): Promise<boolean> {
    const built = await this.#built(laneOf(this.ports.generation, shardId));
    return built !== null && built >= positionOf(sequenceNumber);
  }

  async #built(lane: Lane): Promise<Position | null> {
    const known = this.#positions.get(lane) ?? (await this.ports.epochs.built(this.epoch, lane));
    this.#positions.set(lane, known);
    return known;
  }

  /**
   * Records of one shard in order, which follow what is built of it; what is built already is passed over.
   * @throws Error when they could not be written.
   */
  async take(shardId: string, records: readonly ArchivedRecord[]): Promise<void> {
    const waitingSince = this.ports.clock() - streamKeptMs;
    for (const [generation, own] of byGeneration(records)) {
      const built = await this.#built(laneOf(generation, shardId));
      const fresh = own.filter(({ sequenceNumber }) => built === null || positionOf(sequenceNumber) > built);
      const young = fresh.findIndex(({ arrivedAt }) => arrivedAt >= waitingSince);
      const old = fresh.splice(0, young < 0 ? fresh.length : young);
      await this.#countAll(shardId, generation, old, false);
      await this.#countAll(shardId, generation, fresh, true);
    }
  }

  /** What erased visitors have added. What an item has taken of it already is passed over, as with records. */
  async addResidues(residues: readonly Residue[]): Promise<void> {
    const { admissions, counters } = this.#deps;
    for (const residue of residues) {
      const items = await residueItems(residue, this.epoch, async (scope, name, element) => {
        return (await admissions.admit([{ scope, name, ...(element && { element }) }])).find(scope.pk, name);
      });
      for (const item of items) await counters.add(residueLane, { ...item, expiresAt: itemExpiry(item.key) });
    }
  }

  /**
   * `isYoung`: the processor may not have met these records yet. So what names another visitor than its load's owner is put back,
   * as the processor does, which would pass over it in this epoch once its visitor's guard is here; if it has met the record, then
   * this is a repeat. And both agree on what is set aside. Of what is older, the copies under the owners are among the records,
   * and what was set aside is not.
   */
  async #countAll(shardId: string, generation: number, records: ArchivedRecord[], isYoung: boolean): Promise<void> {
    const stream = { put: isYoung ? this.ports.putBack : async () => undefined };
    const setAside = isYoung ? this.#deps.setAside : decidedHere(this.#deps.setAside);
    let failures = 0;
    for (let at = 0; at < records.length; ) {
      const batch = records.slice(at, at + this.#batchSize);
      const { failedFrom, figures } = await processBatch(
        { shardId, records: batch },
        { ...this.#deps, generation, stream, setAside },
      );
      const failedAt = batch.findIndex(({ sequenceNumber }) => sequenceNumber === failedFrom);
      const done = failedFrom === null ? batch.length : failedAt;
      this.built.events += figures.events;
      if (done > 0) await this.#noteBuilt(laneOf(generation, shardId), batch.slice(0, done));
      at += done;
      failures = failedFrom === null ? 0 : done > 0 ? 1 : failures + 1;
      if (failures >= failuresMax) throw new Error(`record ${failedFrom} of ${shardId} could not be counted`);
      // A table that is throttled takes a small batch sooner than a large one.
      this.#batchSize = Math.max(1, Math.min(batchSizeMax, this.#batchSize * (failures === 0 ? 2 : 0.25)));
      if (failures > 0) await this.ports.sleep(pauseMs);
    }
  }

  /** After the records: who reads it may count on them. */
  async #noteBuilt(lane: Lane, records: ArchivedRecord[]): Promise<void> {
    const last = positionOf(records.at(-1)?.sequenceNumber ?? '0');
    await this.ports.epochs.setBuilt(this.epoch, lane, last);
    this.#positions.set(lane, last);
    this.built.records += records.length;
    const of = this.built.records < this.expected ? ` of ${this.expected}` : '';
    this.ports.progress(`${this.built.records}${of} records counted in epoch ${this.epoch}`);
  }
}

/** Nobody else decides about records so old; an item that was closed stays closed, also when the build is begun again. */
function decidedHere(stored: SetAsideStore): SetAsideStore {
  const own = memorySetAsideStore();
  const closedOf = async (lane: Lane) => (await stored.mayFold(lane)).closed;
  return {
    ...own,
    close: stored.close,
    begin: async (lane) => ({ ...(await own.begin(lane)), closed: await closedOf(lane) }),
    mayFold: async (lane) => ({ ...(await own.mayFold(lane)), closed: await closedOf(lane) }),
  };
}

/** A stream that was made anew has shards of the same names. */
function byGeneration(records: readonly ArchivedRecord[]): Map<number, ArchivedRecord[]> {
  const groups = new Map<number, ArchivedRecord[]>();
  for (const record of records) {
    const group = groups.get(record.generation) ?? [];
    group.push(record);
    groups.set(record.generation, group);
  }
  return groups;
}
