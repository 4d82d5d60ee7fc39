/**
 * What a dashboard knows of its site, built from messages by merging: per counter the larger wins, per text the one that was
 * told with the later `asOf`. So messages may come in any order, twice or not at all, and a snapshot heals what was missed.
 */
import type { SnapshotMessage, TotalsMessage } from '../../functions/contract/live.ts';
import { dayMs, minuteOf } from '../../functions/contract/time-unit.ts';

export interface LiveItem {
  pk: string;
  sk: string;
  counters: Record<string, number>;
  texts: Record<string, string>;
  /** Per text, the `asOf` of the message that told it. */
  toldAt: Record<string, number>;
}

export interface LiveItems {
  epoch: string;
  /** The newest instant processed, ms since the epoch; 0 before the first message. */
  asOf: number;
  /** By `keyText`. */
  items: Map<string, LiveItem>;
}

/** Live items older than this are dropped: the chart shows 60 minutes, and one stands half outside. */
export const liveMinutesKept = 62;

export function noItems(): LiveItems {
  return { epoch: '', asOf: 0, items: new Map() };
}

/** Epochs are decimal numbers without leading zeros: the longer one is the newer. */
export function isNewerEpoch(epoch: string, than: string): boolean {
  return epoch.length === than.length ? epoch > than : epoch.length > than.length;
}

/** Merges one message into `state`, in place (it may hold ten thousand items, and one changes at a time). */
export function merge(state: LiveItems, message: SnapshotMessage | TotalsMessage): void {
  if (isNewerEpoch(message.epoch, state.epoch)) {
    state.epoch = message.epoch;
    state.asOf = 0;
    state.items.clear();
  } else if (message.epoch !== state.epoch) {
    return;
  }
  const minuteBefore = minuteOf(state.asOf);
  state.asOf = Math.max(state.asOf, message.asOf);
  for (const [pk, sk, counters, texts] of message.items) {
    if (isExpired(pk, state.asOf)) continue;
    mergeItem(itemOf(state, pk, sk), counters, texts ?? {}, message.asOf);
  }
  if (minuteOf(state.asOf) > minuteBefore) dropExpired(state);
}

function itemOf(state: LiveItems, pk: string, sk: string): LiveItem {
  const text = `${pk}\n${sk}`;
  const known = state.items.get(text);
  if (known) return known;
  const item: LiveItem = { pk, sk, counters: {}, texts: {}, toldAt: {} };
  state.items.set(text, item);
  return item;
}

function mergeItem(
  item: LiveItem,
  counters: Record<string, number>,
  texts: Record<string, string>,
  asOf: number,
): void {
  for (const [name, value] of Object.entries(counters)) {
    if (value > (item.counters[name] ?? 0)) item.counters[name] = value;
  }
  for (const [name, value] of Object.entries(texts)) {
    const toldAt = item.toldAt[name] ?? -1;
    // Two messages of one instant: any rule will do, as long as it is the same in every order.
    if (asOf < toldAt || (asOf === toldAt && value <= (item.texts[name] ?? ''))) continue;
    item.texts[name] = value;
    item.toldAt[name] = asOf;
  }
}

/** Whether no view can need the partition any more. A function of `asOf` alone, so that every order of messages agrees. */
function isExpired(pk: string, asOf: number): boolean {
  const [, , kind, when = ''] = pk.split('|');
  if (kind === 'live') return Number(when) <= minuteOf(asOf) - liveMinutesKept;
  // Days are the site's; two whole days before the UTC one are past in every zone.
  const oldestDay = asOf < 2 * dayMs ? '' : new Date(asOf - 2 * dayMs).toISOString().slice(0, 10);
  return when < oldestDay;
}

/** Called as a minute begins, so nothing is dropped later than that, and nothing is scanned for each message. */
function dropExpired(state: LiveItems): void {
  const verdicts = new Map<string, boolean>();
  for (const [text, { pk }] of state.items) {
    let expired = verdicts.get(pk);
    if (expired === undefined) {
      expired = isExpired(pk, state.asOf);
      verdicts.set(pk, expired);
    }
    if (expired) state.items.delete(text);
  }
}
