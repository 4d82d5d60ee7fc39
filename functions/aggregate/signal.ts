/**
 * What precedes leaving: of each signal, in how many views that were their session's last it was met, and after how many of those the session
 * went on. Both are counters of the page's item on the view's day, so what was counted as left is taken back in its own item.
 *
 * A signal belongs to the view that the session would be left by: of the same load, before it, on the same page. What comes late, when another
 * view has taken that place, counts for none; nor does what is done in another tab than the one viewed last.
 */
import { pageKey } from '../contract/counter.ts';
import { kind, type PulseEvent } from '../contract/event.ts';
import { engagedFromMs, readFromBand, type Signal, signalBit, signalName, signalsOf } from '../contract/signal.ts';
import type { EventFact, Facts } from './facts.ts';
import type { Increments } from './increments.ts';
import { isBurst } from './series.ts';
import type { EventOrder, Session, SessionExit } from './visitor-state.ts';

export interface SignalFact {
  signal: Signal;
  what: 'met' | 'passed';
  day: string;
  pageId: string;
}

export function addSignals({ epoch, record: { site }, session }: Facts, increments: Increments): void {
  for (const fact of session) {
    if ('signal' in fact) {
      increments.add(pageKey(epoch, site, fact.day, fact.pageId), signalName(fact.signal, fact.what));
    }
  }
}

/** Takes an event into the view that the session would be left by. `session.exit` is replaced, not changed. */
export function meetSignals(
  session: Session,
  { event, counted }: Pick<EventFact, 'event' | 'counted'>,
  { at, load, order }: EventOrder,
): SignalFact[] {
  const { exit } = session;
  if (!exit || at < session.start || at > session.last) return [];
  if (exit.load !== load || exit.order >= order || exit.pageId !== counted?.id) return [];
  const engagedMs = event[0] === kind.engaged ? Math.min(engagedFromMs, exit.engagedMs + event[3]) : exit.engagedMs;
  const signal = signalOf(event, engagedMs);
  const isNew = signal !== null && (exit.signals & signalBit(signal)) === 0;
  if (!isNew && engagedMs === exit.engagedMs) return [];
  session.exit = { ...exit, engagedMs, signals: exit.signals | (isNew ? signalBit(signal) : 0) };
  return isNew ? [{ signal, what: 'met', day: exit.day, pageId: exit.pageId }] : [];
}

/** The session has gone on to another view. */
export function passSignals({ signals, day, pageId }: SessionExit): SignalFact[] {
  return signalsOf(signals).map((signal) => ({ signal, what: 'passed', day, pageId }));
}

function signalOf(event: PulseEvent, engagedMs: number): Signal | null {
  switch (event[0]) {
    case kind.rage:
      return isBurst(event) ? 'rage' : null;
    case kind.dead:
      return 'dead';
    case kind.hover:
      return event[6] === 1 ? 'hesitation' : null;
    case kind.engaged:
      return engagedMs >= engagedFromMs ? 'engaged' : null;
    case kind.reach:
      return event[4] >= readFromBand ? 'read' : null;
    default:
      return null;
  }
}
