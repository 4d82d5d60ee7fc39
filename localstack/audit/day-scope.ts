import {
  elementPartition,
  goalPartition,
  hourPartition,
  type ItemKey,
  livePartition,
  pagePartition,
  sessionGapMaxMs,
  sessionMaxMs,
  sessionPartitions,
  transitionPartition,
  valuePartition,
} from '../../functions/contract/counter.ts';
import { nameId } from '../../functions/contract/name-id.ts';
import { devices } from '../../functions/contract/record.ts';
import { dayMs, dayStart, minuteMs, minuteOf } from '../../functions/contract/time-unit.ts';
import { itemExpiry } from '../../functions/process/item-expiry.ts';

/** One site's local date in one epoch: which items belong to it, and when its records may have been received. */
export interface DayScope {
  epoch: string;
  site: string;
  day: string;
  /** Instants; `to` is exclusive. */
  from: number;
  to: number;
}

export function dayScope(epoch: string, site: string, day: string, zone: string): DayScope {
  const nextDay = new Date(Date.parse(`${day}T00:00:00Z`) + dayMs).toISOString().slice(0, 10);
  return { epoch, site, day, from: dayStart(day, zone), to: dayStart(nextDay, zone) };
}

/** A batch is refused when it is older than a day; so is an event in it. */
const lateMs = dayMs;
/** A session stands on the day on which it began, and the one after it tells that it is over. */
const sessionsMs = sessionMaxMs + sessionGapMaxMs;
/**
 * How long before the day reading begins, so that each visitor's state is what it was when the day began: what the fold remembers
 * of a load it forgets after three days without news of it, and a session without a pause is cut at one of two midnights.
 */
const warmUpMs = 4 * dayMs;

/** When the records were received that tell of the day, or of those who were there: both inclusive. */
export function receiptRange({ from, to }: DayScope): { from: number; to: number } {
  return { from: from - warmUpMs, to: to + sessionsMs + lateMs };
}

export function isOfDay({ epoch, site, day, from, to }: DayScope, { pk }: ItemKey): boolean {
  const [ofEpoch, ofSite, kind, when = ''] = pk.split('|');
  if (ofEpoch !== epoch || ofSite !== site) return false;
  if (kind !== 'live') return when === day;
  const at = Number(when) * minuteMs;
  return at >= from && at < to;
}

/** Whether an item may have expired by now. */
export function isKept(key: ItemKey, now: number): boolean {
  return itemExpiry(key) * 1000 > now;
}

/** Every partition that may hold an item of the day which has not expired. `paths`: of the pages that the day has admitted. */
export function partitionsOf(scope: DayScope, paths: readonly string[], now: number): string[] {
  const { epoch, site, day, from, to } = scope;
  const minutes = Array.from({ length: Math.ceil((to - from) / minuteMs) }, (_, index) => minuteOf(from) + index);
  const live = minutes
    .filter((minute) => minute * minuteMs <= now)
    .map((minute) => livePartition(epoch, site, minute))
    .filter((pk) => isKept({ pk, sk: '' }, now));
  const elements = paths.flatMap((path) =>
    devices.map((device) => elementPartition(epoch, site, day, nameId(path), device)),
  );
  return [
    hourPartition(epoch, site, day),
    pagePartition(epoch, site, day),
    valuePartition(epoch, site, day),
    goalPartition(epoch, site, day),
    transitionPartition(epoch, site, day),
    ...sessionPartitions(epoch, site, day),
    ...elements,
    ...live,
  ];
}
