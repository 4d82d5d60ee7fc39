import { type ItemKey, parseHourText, parseSessionSort, parseTileSort, sessionKeptMs } from '../contract/counter.ts';
import { dayMs, minuteMs } from '../contract/time-unit.ts';

/** How long items are kept after the time that they are about. */
const liveKeptMs = 2 * dayMs;
const hourKeptMs = 90 * dayMs;
export const dayKeptMs = 400 * dayMs;

/** When an item may expire, seconds since the epoch. From its key alone, so that every writer says the same. */
export function itemExpiry({ pk, sk }: ItemKey): number {
  const [, , kind = '', when = ''] = pk.split('|');
  return Math.ceil(expiryMs(kind, when, sk) / 1000);
}

function expiryMs(kind: string, when: string, sk: string): number {
  if (kind === 'live') return Number(when) * minuteMs + liveKeptMs;
  if (kind === 'session') return parseSessionSort(sk).firstStart + sessionKeptMs;
  if (kind === 'hour') return parseHourText(sk) + hourKeptMs;
  const hour = kind === 'element' ? parseTileSort(sk).when : 'day';
  return hour === 'day' ? Date.parse(`${when}T00:00:00Z`) + dayKeptMs : hour + hourKeptMs;
}
