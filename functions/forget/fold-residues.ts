import { type ArchivedRecord, recordIn } from '../archive/archive-line.ts';
import { ArchivedShards } from '../archive/archived-shards.ts';
import { type Admission, type AdmissionScope, elementScope } from '../contract/admission.ts';
import { type ItemKey, keyText, parsePlaceCounter, parseTileSort } from '../contract/counter.ts';
import { laneOf, positionOf } from '../contract/position.ts';
import type { Erasing, Residue, ResidueItem } from '../contract/residue.ts';
import { itemExpiry } from '../process/item-expiry.ts';
import type { SiteStore } from '../sites/site-store.ts';
import type { AdmissionStore } from '../store/admission-store.ts';
import type { FoundVisitor } from './find-visitor.ts';
import { type RefoldParts, refold } from './refold.ts';

export interface FoldResidueParts {
  site: string;
  id: string;
  epoch: string;
  sites: Pick<SiteStore, 'version' | 'goalsFrom'>;
  /** What the records' names were admitted as. */
  admit: AdmissionStore['admit'];
  isSetAside: RefoldParts['isSetAside'];
  /** ms since the epoch: items that have expired by now are left out. */
  now: number;
}

/**
 * Folds a visitor's records once more, and sums up what they have added, by their UTC date of receipt. Of their sessions nothing stays:
 * it is told which items those are.
 * @throws Error when one of them can't be folded any more: what it has added can't be told then.
 */
export async function foldResidues(
  found: FoundVisitor,
  parts: FoldResidueParts,
): Promise<Required<Pick<Erasing, 'residues' | 'sessions'>>> {
  const { site, id, epoch, sites, isSetAside } = parts;
  const shards = new ArchivedShards({ get: async () => null }, []);
  const dates = new Map<string, string>();
  const sums = new Map<string, Sums>();
  for (const record of found.records) {
    shards.addTail(record);
    const { receivedAt = 0, events = [] } = recordIn(record) ?? {};
    const date = new Date(receivedAt).toISOString().slice(0, 10);
    dates.set(placeOf(record), date);
    const sum = sums.get(date) ?? new Sums(parts);
    sums.set(date, sum);
    sum.from = Math.min(sum.from, receivedAt - Math.max(0, ...events.map(([, age]) => age)));
  }
  // A residue has no tiles: each place gets one of its own while this folds, numbered by its slot.
  const places = new Map<string, Admission>();
  const sessions = new Map<string, ItemKey>();
  const folded = await refold(shards, {
    epoch,
    sites,
    isSetAside,
    ownerOf: (load) => found.owners.get(load) ?? null,
    progress: () => undefined,
    admissions: {
      admit: async (scope, name, element) => {
        const admission = await parts.admit(scope, name, element);
        if (!admission) return null;
        if (!scope.isFirstCome) {
          for (const sum of sums.values()) sum.met(scope, name);
          return admission;
        }
        places.set(`${scope.pk}\n${admission.slot}`, admission);
        return { ...admission, tile: admission.slot, at: 0 };
      },
    },
    counters: {
      add: async (lane, { key, parts: added }) => {
        const isSession = key.pk.split('|')[2] === 'session';
        if (isSession) sessions.set(keyText(key), { ...key, pk: key.pk.slice(epoch.length + 1) });
        for (const { position, counters, texts } of isSession ? [] : added) {
          sums.get(dates.get(`${lane}|${position}`) ?? '')?.add(key, counters, texts);
        }
        return { outcome: 'counted', totals: { key, counters: {}, texts: {} } };
      },
    },
  });
  const [first] = folded.failed;
  if (first) throw new Error(`record ${first.sequenceNumber} can't be folded again: ${first.reason}, ${first.message}`);
  const residues = [...sums].map(([date, sum]) => ({ site, id, date, from: sum.from, ...sum.result(places) }));
  return { residues, sessions: [...sessions.values()] };
}

function placeOf({ generation, shardId, sequenceNumber }: ArchivedRecord): string {
  return `${laneOf(generation, shardId)}|${positionOf(sequenceNumber)}`;
}

/** One date's. */
class Sums {
  from = Number.MAX_SAFE_INTEGER;
  readonly #items = new Map<string, ResidueItem>();
  readonly #names = new Map<string, { scope: AdmissionScope; name: string }>();

  constructor(private readonly parts: Pick<FoldResidueParts, 'epoch' | 'now'>) {}

  met(scope: AdmissionScope, name: string): void {
    this.#names.set(`${scope.pk}\n${name}`, { scope, name });
  }

  add(key: ItemKey, counters: Record<string, number>, texts: Record<string, string>): void {
    if (itemExpiry(key) * 1000 <= this.parts.now) return;
    const item = this.#items.get(keyText(key)) ?? { ...key, counters: {}, texts: {} };
    this.#items.set(keyText(key), item);
    for (const [name, value] of Object.entries(counters)) item.counters[name] = (item.counters[name] ?? 0) + value;
    Object.assign(item.texts, texts);
  }

  result(places: ReadonlyMap<string, Admission>): Pick<Residue, 'names' | 'items' | 'places'> {
    const result: Pick<Residue, 'names' | 'items' | 'places'> = { names: [], items: [], places: [] };
    for (const { scope, name } of this.#names.values()) {
      result.names.push({ pk: this.#bare(scope.pk), slotCount: scope.slotCount, name });
    }
    for (const { pk, sk, counters, texts } of this.#items.values()) {
      if (pk.split('|')[2] !== 'element') {
        result.items.push({ pk: this.#bare(pk), sk, counters, texts });
        continue;
      }
      const { when, tile } = parseTileSort(sk);
      const place = places.get(`${elementScope(pk).pk}\n${tile}`);
      if (!place) throw new Error(`no place has slot ${tile} of ${pk}`);
      const bare = Object.entries(counters).map(([counter, value]) => [parsePlaceCounter(counter).name, value]);
      result.places.push({
        pk: this.#bare(pk),
        name: place.name,
        ...(place.element && { element: place.element }),
        when,
        counters: Object.fromEntries(bare),
      });
    }
    return result;
  }

  #bare(pk: string): string {
    return pk.slice(this.parts.epoch.length + 1);
  }
}
