/** A site's or a page's days, made of items that were read. Pure. */
import type { AnswerRange } from '../contract/answer.ts';
import { bandName, elementName, pageName, parsePlaceCounter, parseTileSort, type Totals } from '../contract/counter.ts';
import { scrollBandCount } from '../contract/event.ts';
import { devices } from '../contract/record.ts';
import { dayStart } from '../contract/time-unit.ts';
import type { TrendDay } from '../contract/trends-answer.ts';
import { daysOf, unitStart } from './range.ts';
import { dayPoints } from './series-points.ts';

/** How often views of one day came so far down. */
export type Reach = Pick<TrendDay, 'reachedHalf' | 'reachedEnd'>;

/** `items`: of any pages of the day. */
export function reachOf(items: readonly Totals[]): Reach {
  const reached = (share: number) =>
    devices.reduce((sum, device) => sum + total(items, bandName(device, Math.round(share * scrollBandCount), 'r')), 0);
  return { reachedHalf: reached(0.5), reachedEnd: reached(0.9) };
}

/** `hours`: the site's; `reach`: of each day of the range, in its order. */
export function siteDays(range: AnswerRange, hours: Totals[], reach: readonly Reach[]): TrendDay[] {
  const days = dayPoints(range, hours).map(
    (
      { at, pageViews, engagedMs = 0, rage = 0, dead = 0, hesitations = 0, sessions = 0, bounces = 0, durationMs = 0 },
      i,
    ) => ({
      ...{
        at,
        pageViews,
        engagedMs,
        ...(reach[i] ?? reachOf([])),
        rage,
        dead,
        hesitations,
        sessions,
        bounces,
        durationMs,
      },
      entries: null,
      exits: null,
    }),
  );
  // An older build has not counted them: what came before the first is not known to have been none.
  const first = days.findIndex(({ hesitations }) => hesitations > 0);
  return days.map((day, index) => (index < first || first < 0 ? { ...day, hesitations: null } : day));
}

/** `items`: the page's, one for each day that has one; `touches`: of its elements, by the start of their day. */
export function pageDays(
  range: AnswerRange,
  items: readonly Totals[],
  touches: ReadonlyMap<number, Touches>,
): TrendDay[] {
  return daysOf(range).map((day) => {
    const at = dayStart(day, range.zone);
    const ofDay = items.filter(({ key }) => key.pk.endsWith(`|${day}`));
    const of = (name: string) => total(ofDay, name);
    return {
      at,
      pageViews: of(pageName.pageViews),
      engagedMs: of(pageName.engagedMs),
      ...reachOf(ofDay),
      ...(touches.get(at) ?? noTouches),
      ...{ sessions: null, bounces: null, durationMs: null },
      entries: of(pageName.entered) - of(pageName.unentered),
      exits: of(pageName.exited) - of(pageName.unexited),
    };
  });
}

export interface Touches {
  rage: number;
  dead: number;
  hesitations: number;
}
const noTouches: Touches = { rage: 0, dead: 0, hesitations: 0 };
const measureOf: Record<string, keyof Touches> = {
  [elementName.rage]: 'rage',
  [elementName.dead]: 'dead',
  [elementName.hesitations]: 'hesitations',
};

/** Adds what a page's tiles count by hour to the days that they lie in. */
export function addTouches(days: Map<number, Touches>, tiles: readonly Totals[], zone: string): void {
  for (const { key, counters } of tiles) {
    const { when } = parseTileSort(key.sk);
    if (when === 'day') continue;
    const at = unitStart(when, 'day', zone);
    const day = days.get(at) ?? { ...noTouches };
    days.set(at, day);
    for (const [counter, value] of Object.entries(counters)) {
      const measure = measureOf[parsePlaceCounter(counter).name];
      if (measure) day[measure] += value;
    }
  }
}

function total(items: readonly Totals[], name: string): number {
  return items.reduce((sum, { counters }) => sum + (counters[name] ?? 0), 0);
}
