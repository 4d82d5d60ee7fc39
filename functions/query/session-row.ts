/** A session's item, as it is answered. Pure. */
import {
  parseSessionSort,
  sessionName,
  sessionText,
  type Totals,
  windowOf,
  windowsActive,
} from '../contract/counter.ts';
import { devices } from '../contract/record.ts';
import type { SessionRow } from '../contract/session-answer.ts';
import { parseSignals } from '../contract/signal.ts';
import { sessionId } from './session-id.ts';

/** `asOf`: the instant of which it is live or not, ms since the epoch. */
export function sessionRow({ key, counters, texts }: Totals, asOf: number): SessionRow {
  const [, , , day = ''] = key.pk.split('|');
  const { firstStart, visitor } = parseSessionSort(key.sk);
  const value = (name: keyof typeof sessionName) => counters[sessionName[name]] ?? 0;
  const start = firstStart - value('earlierMs');
  const last = start + value('durationMs');
  const [device, country = '', browser = '', os = '', language = ''] = (texts[sessionText.with] ?? '').split('\n');
  const entry = texts[sessionText.entry] ?? null;
  const isVisible = value('shown') > value('unshown');
  return {
    id: sessionId({ day, firstStart, visitor }),
    day,
    visitor,
    start,
    last,
    durationMs: last - start,
    pageViews: value('pageViews'),
    clicks: value('clicks'),
    rage: value('rage'),
    dead: value('dead'),
    engagedMs: value('engagedMs'),
    // A host has no space in it.
    entry: entry === null ? null : entry.slice(entry.indexOf(' ') + 1),
    exit: texts[sessionText.exit] ?? null,
    signals: parseSignals(texts[sessionText.signals] ?? ''),
    device: devices.find((one) => one === device) ?? 'desktop',
    country,
    browser,
    os,
    language,
    referrer: entry === null ? '' : entry.slice(0, entry.indexOf(' ')),
    live: isVisible && windowOf(asOf) - windowOf(last) < windowsActive,
  };
}
