import { kind } from '../../functions/contract/event.ts';
import { guard, on, requestAnimationFrame } from '../platform.ts';
import type { Pulse } from '../pulse.ts';
import { type Interaction, Interactions } from './interactions.ts';
import { type LayoutShift, LayoutShifts } from './layout-shifts.ts';

/** CLS travels as a whole number. */
const perScore = 10_000;

/**
 * Measures Web Vitals by Google's definitions (https://web.dev/articles/vitals) and tells them once for a load, with the beacon of its
 * first hiding; and once more for each return from the back/forward cache, which visitors meet as a load, too. They are the load's,
 * whatever an application shows afterwards, and so count for the page that it began with: there is no standard yet for those of
 * navigations within a document.
 *
 * Google's own library (`web-vitals`) tells its values in a listener of its own, when this page's last beacon has left: with it, each
 * load would take a further request, and a further record. So this is written out, and the browser's own entries are its test.
 *
 * It stands between the snippet and its pulse, to hear of views and hidings before they are told.
 * @param isWaiting for a consent: what somebody did before it is none of our business
 */
export function startVitals(pulse: Pulse, isWaiting: boolean): void {
  const { view, hide } = pulse;
  const { supportedEntryTypes } = PerformanceObserver;
  const [navigated] = performance.getEntriesByType('navigation') as (PerformanceEntry & { activationStart?: number })[];
  /** When a page that was rendered ahead was first looked at; else 0. */
  const shownAt = navigated?.activationStart || 0;
  const wasHidden = document.visibilityState === 'hidden' && !document.prerendering;
  const flushes: (() => void)[] = [];
  let page = pulse.current();
  let isTold = false;
  let paints: PerformanceEntry[] = [];
  /** LCP of a page that came back. */
  let restoredMs: number | undefined;
  let isRestored = false;
  let shifts = new LayoutShifts();
  let interactions = new Interactions();
  const inputFrom = isWaiting ? performance.now() : 0;

  function observe<Entry extends PerformanceEntry>(type: string, take: (entry: Entry) => void, options = {}) {
    if (!supportedEntryTypes.includes(type)) return;
    const heard = (entries: PerformanceEntryList) => {
      for (const entry of entries) take(entry as Entry);
    };
    const observer = new PerformanceObserver(guard((list) => heard(list.getEntries())));
    observer.observe({ type, buffered: true, ...options });
    flushes.push(() => heard(observer.takeRecords()));
  }

  /** What is painted after that has waited for the visitor, not they for it. */
  function hiddenAt() {
    const states = performance.getEntriesByType('visibility-state');
    const hidden = states.find(({ name, startTime }) => name === 'hidden' && startTime >= shownAt);
    return hidden ? hidden.startTime : wasHidden ? 0 : Infinity;
  }

  function lcp() {
    if (isRestored) return restoredMs;
    const limit = hiddenAt();
    const seen = paints.filter(({ startTime }) => startTime < limit);
    const largest = seen[seen.length - 1];
    return largest && Math.max(0, largest.startTime - shownAt);
  }

  /** Where nothing was ever painted nothing can have moved. */
  function cls() {
    const [first] = performance.getEntriesByName('first-contentful-paint');
    const isSeen = isRestored || (first && first.startTime < hiddenAt());
    return isSeen && supportedEntryTypes.includes('layout-shift') ? shifts.score * perScore : undefined;
  }

  const tell = guard(() => {
    if (isTold || !page) return;
    for (const flush of flushes) flush();
    const whole = (value: number | null | undefined) => (value == null ? null : Math.round(value));
    const values = [whole(lcp()), whole(interactions.ms()), whole(cls())] as const;
    if (values.every((value) => value === null)) return;
    isTold = true;
    pulse.add([kind.vitals, 0, 0, ...values], undefined, page);
  });

  pulse.view = (next, how) => {
    view(next, how);
    page ||= pulse.current();
  };
  pulse.hide = (why) => {
    tell();
    hide(why);
  };
  observe('largest-contentful-paint', (entry) => paints.push(entry));
  observe<LayoutShift>('layout-shift', (entry) => shifts.take(entry));
  const takeInput = (entry: Interaction) => {
    if (entry.startTime >= inputFrom) interactions.take(entry);
  };
  observe('event', takeInput, { durationThreshold: 40 });
  observe('first-input', takeInput);
  on<PageTransitionEvent>('pageshow', ({ persisted, timeStamp }) => {
    if (!persisted) return;
    // The snippet has heard of it before, and has counted the view.
    page = pulse.current();
    isTold = false;
    isRestored = true;
    paints = [];
    restoredMs = undefined;
    shifts = new LayoutShifts();
    interactions = new Interactions();
    // Painted is what the second frame begins with.
    requestAnimationFrame(() => {
      requestAnimationFrame(() => {
        restoredMs = performance.now() - timeStamp;
      });
    });
  });
}
