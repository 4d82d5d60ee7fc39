/** Plays again what waits for items that could not be written (see `functions/process/unwritable.ts`). */
import type { ArchiveStore } from '../../functions/archive/archive-store.ts';
import { keyText } from '../../functions/contract/counter.ts';
import {
  type FailedPlace,
  failedPrefix,
  parseFailedKey,
  parseFailedText,
  unwritableReason,
} from '../../functions/contract/failed.ts';
import { type Position, positionOf } from '../../functions/contract/position.ts';
import { incrementsOf, type WaitingIncrements } from '../../functions/process/unwritable.ts';
import type { CounterStore, RecordIncrement } from '../../functions/store/counter-store.ts';
import { UnwritableError } from '../../functions/store/unwritable-error.ts';

export interface IncrementsPorts {
  archive: Pick<ArchiveStore, 'keys' | 'get'>;
  counters: Pick<CounterStore, 'add'>;
  progress(what: string): void;
}

export interface WaitingObject {
  key: string;
  text: string;
}
interface Waiting extends WaitingIncrements {
  object: WaitingObject;
  /** The newest position that was listed first for this item and lane. */
  upTo: Position;
}

/**
 * Adds what waits for each item, under the item's own guard of that lane: what it has counted it leaves out. A guard passes over
 * what it does not know, so nothing may be missing in between, while the processor goes on to put objects: an object is put when
 * all before it are. What is listed second holds whatever came before the newest that was listed first, and that far is added.
 * @returns the objects of which all is counted now; those of items that still cannot be written are not among them.
 */
export async function redriveIncrements(site: string | undefined, ports: IncrementsPorts): Promise<WaitingObject[]> {
  const prefix = site === undefined ? failedPrefix : `${failedPrefix}site=${site}/`;
  const upTo = new Map<string, Position>();
  for (const { place } of await listed(prefix, ports)) {
    const { name, last } = rangeOf(place);
    const known = upTo.get(name);
    if (known === undefined || last > known) upTo.set(name, last);
  }
  const byItem = new Map<string, Waiting[]>();
  for (const { key, place } of await listed(prefix, ports)) {
    const last = upTo.get(rangeOf(place).name);
    const bytes = last === undefined ? null : await ports.archive.get(key);
    // Listed for the first time just now, or another redrive was faster.
    if (last === undefined || !bytes) continue;
    const text = Buffer.from(bytes).toString('utf8');
    const waiting = { ...incrementsOf(parseFailedText(text)), object: { key, text }, upTo: last };
    const name = `${waiting.lane}\n${keyText(waiting.item.key)}`;
    byItem.set(name, [...(byItem.get(name) ?? []), waiting]);
    ports.progress(`${byItem.size} items with waiting increments found`);
  }
  const done: WaitingObject[] = [];
  for (const waiting of byItem.values()) done.push(...(await add(waiting, ports)));
  return done;
}

async function add(waiting: Waiting[], { counters, progress }: IncrementsPorts): Promise<WaitingObject[]> {
  const [one] = waiting;
  const parts = new Map<Position, RecordIncrement>();
  for (const { item, upTo } of waiting) {
    for (const part of item.parts) if (part.position <= upTo) parts.set(part.position, part);
  }
  const sorted = [...parts.values()].sort((before, after) => (before.position < after.position ? -1 : 1));
  const first = sorted[0]?.position;
  if (!one || first === undefined) return [];
  try {
    await counters.add(one.lane, { ...one.item, first, last: one.upTo, parts: sorted });
  } catch (error) {
    if (!(error instanceof UnwritableError)) throw error;
    progress(error.message);
    return [];
  }
  return waiting.filter(({ item, upTo }) => item.last <= upTo).map(({ object }) => object);
}

async function listed(prefix: string, { archive }: IncrementsPorts): Promise<{ key: string; place: FailedPlace }[]> {
  return (await archive.keys(prefix)).flatMap((key) => {
    const place = parseFailedKey(key);
    return place?.reason === unwritableReason && place.part ? [{ key, place }] : [];
  });
}

/** Shard and item under one name, and the last position of the run: as the object's key tells them. */
function rangeOf({ shardId, part = '' }: FailedPlace): { name: string; last: Position } {
  const end = part.indexOf('-');
  return { name: `${shardId}-${part.slice(end + 1)}`, last: positionOf(part.slice(0, end)) };
}
