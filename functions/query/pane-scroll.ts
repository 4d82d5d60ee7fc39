/** How far a page's panes were read, made of element items. Pure. */
import type { PaneScroll } from '../contract/answer.ts';
import { paneBandName, paneName } from '../contract/counter.ts';
import type { ElementDay } from './element-days.ts';
import { DayElements, type KnownElement } from './element-facts.ts';
import { scrollReach } from './scroll-bands.ts';

/** A page's day has as many places as there are slots; whoever reads wants the panes that people see. */
export const panesMax = 20;

/** By element key: the counters of its place. */
export type PaneSums = Map<string, { facts: KnownElement; sums: Map<string, number> }>;

export function paneSumsOf(day: ElementDay): PaneSums {
  const panes: PaneSums = new Map();
  const elements = new DayElements(day.admissions);
  for (const item of day.items) {
    for (const { element, name, value } of elements.countersOf(item)) addTo(panes, element, name, value);
  }
  return panes;
}

/** Days oldest first: a pane's newest facts win. Most viewed first, at most `panesMax`. */
export function paneScrolls(days: PaneSums[]): PaneScroll[] {
  const merged: PaneSums = new Map();
  for (const day of days) {
    for (const { facts, sums } of day.values()) {
      for (const [name, value] of sums) addTo(merged, facts, name, value);
    }
  }
  return [...merged.values()]
    .map(({ facts: { key, box, viewportWidth }, sums }): PaneScroll => {
      const at = (name: string) => sums.get(name) ?? 0;
      const reach = scrollReach({
        views: at(paneName.views),
        foldPerMille: at(paneName.folds),
        reached: (band) => at(paneBandName(band, 'R')),
        msInView: (band) => at(paneBandName(band, 'T')),
      });
      return { key, box, viewportWidth, ...reach };
    })
    .filter(({ key, views }) => key !== '' && views > 0)
    .sort((a, b) => b.views - a.views || (a.key < b.key ? -1 : 1))
    .slice(0, panesMax);
}

function addTo(panes: PaneSums, facts: KnownElement, name: string, value: number): void {
  const pane = panes.get(facts.key) ?? { facts, sums: new Map() };
  pane.facts = facts;
  pane.sums.set(name, (pane.sums.get(name) ?? 0) + value);
  panes.set(facts.key, pane);
}
