import { type ItemKey, keyText } from '../../functions/contract/counter.ts';
import type { AdmissionRows } from '../../functions/store/admission-rows.ts';
import type { CounterStore } from '../../functions/store/counter-store.ts';
import { versionsKeptMax } from '../../functions/store/retired-version.ts';
import type { VisitorStore } from '../../functions/store/visitor-store.ts';

/**
 * Counts the write units that DynamoDB would bill: one per started KB of the larger of an item's size before and after
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html#write-operation-consumption),
 * sizes by https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html.
 */
export class WriteUnits {
  readonly byKind = new Map<string, { writes: number; units: number }>();
  #largest = new Map<string, number>();
  /** Bytes of each counter item as it stands, by its key. */
  readonly stored = new Map<string, number>();
  /** Units by partition. */
  readonly byPartition = new Map<string, number>();

  note(kind: string, bytes: number, item?: ItemKey): void {
    if (item) {
      this.stored.set(keyText(item), bytes);
      this.byPartition.set(item.pk, (this.byPartition.get(item.pk) ?? 0) + Math.ceil(bytes / 1024));
    }
    const sum = this.byKind.get(kind) ?? { writes: 0, units: 0 };
    sum.writes++;
    sum.units += Math.ceil(bytes / 1024);
    this.byKind.set(kind, sum);
    this.#largest.set(kind, Math.max(bytes, this.#largest.get(kind) ?? 0));
  }

  largest(kind: string): number {
    return this.#largest.get(kind) ?? 0;
  }

  total(): { writes: number; units: number } {
    let [writes, units] = [0, 0];
    for (const sum of this.byKind.values()) {
      writes += sum.writes;
      units += sum.units;
    }
    return { writes, units };
  }
}

const keyBytes = ({ pk, sk }: ItemKey) => 4 + pk.length + sk.length;
/** About one byte for two significant digits, and one more. */
const numberBytes = (value: number) => 1 + Math.ceil(String(Math.abs(value)).replace(/0+$/, '').length / 2);
/** A guard: `g_0_0` and 24 bytes; `ttl` and its number. */
const guardBytes = 5 + 24;
const ttlBytes = 3 + 6;

export function meteredCounters(store: CounterStore, units: WriteUnits): CounterStore {
  return {
    ...store,
    async add(lane, increments) {
      const result = await store.add(lane, increments);
      const [item] = await store.items([increments.key]);
      const counters = Object.entries(item?.counters ?? {});
      const texts = Object.entries(item?.texts ?? {});
      const bytes =
        keyBytes(increments.key) +
        guardBytes +
        ttlBytes +
        counters.reduce((sum, [name, value]) => sum + name.length + numberBytes(value), 0) +
        texts.reduce((sum, [name, value]) => sum + 1 + name.length + Buffer.byteLength(value), 0);
      units.note(increments.key.pk.split('|')[2] ?? '', bytes, increments.key);
      return result;
    },
  };
}

export function meteredVisitors(store: VisitorStore, units: WriteUnits): VisitorStore {
  const claimed = new Set<string>();
  const versions = new Map<string, number[]>();
  return {
    ...store,
    async save(site, visitor, change) {
      units.note(
        'visitor state',
        2 + 6 + site.length + visitor.length + 5 + change.state.length + guardBytes + ttlBytes,
      );
      return store.save(site, visitor, change);
    },
    async claimLoad(site, load, visitor, expiresAt) {
      if (!claimed.has(load))
        units.note('load claim', 2 + 5 + site.length + load.length + 7 + visitor.length + ttlBytes);
      claimed.add(load);
      return store.claimLoad(site, load, visitor, expiresAt);
    },
    async retireLoad(site, load, version, guards, expiresAt) {
      const bytes = 2 + version.lane.length + 1 + version.position.length + version.text.length;
      const kept = [...(versions.get(load) ?? []), bytes];
      const item = 2 + 5 + site.length + load.length + 1 + 16 + ttlBytes;
      const size = item + kept.reduce((sum, one) => sum + one, 0);
      // One write adds a version; another drops the oldest where there are too many.
      units.note('load retired', size);
      if (kept.length > versionsKeptMax) units.note('load retired', size);
      versions.set(load, kept.slice(-versionsKeptMax));
      return store.retireLoad(site, load, version, guards, expiresAt);
    },
  };
}

export function meteredAdmissions(rows: AdmissionRows, units: WriteUnits): AdmissionRows {
  return {
    ...rows,
    async put(pk, row) {
      // The slots are told by the row's key.
      const stored = row.admissions.map(({ slot: _, ...rest }) => rest);
      units.note('admission', 4 + pk.length + 4 + 1 + Buffer.byteLength(JSON.stringify(stored)) + ttlBytes);
      return rows.put(pk, row);
    },
  };
}
