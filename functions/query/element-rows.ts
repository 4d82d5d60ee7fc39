/** A page's elements as rows, made of element items. Pure. */
import type { AnswerRange, ElementRow } from '../contract/answer.ts';
import { elementName, parseTileSort } from '../contract/counter.ts';
import type { ElementDay } from './element-days.ts';
import { DayElements, type KnownElement } from './element-facts.ts';

type Measure = keyof typeof elementName;
const measures = Object.entries(elementName) as [Measure, string][];
const measureOf = new Map(measures.map(([measure, name]) => [name, measure]));

/** By element key. */
export type ElementSums = Map<string, { facts: KnownElement; sums: Record<Measure, number> }>;

/** Moves are kept by day, the rest by hour: of that, only the hours of the range. */
export function elementSumsOf(day: ElementDay, range: AnswerRange): ElementSums {
  const sums: ElementSums = new Map();
  const elements = new DayElements(day.admissions);
  for (const item of day.items) {
    const { when } = parseTileSort(item.key.sk);
    if (when !== 'day' && (when < range.from || when >= range.to)) continue;
    for (const { element, name, value } of elements.countersOf(item)) {
      const measure = measureOf.get(name);
      if (measure) rowOf(sums, element)[measure] += value;
    }
  }
  return sums;
}

/** Days oldest first, an element's newest facts win. Most clicked first, then longest hovered, then by key. */
export function elementRows(days: ElementSums[]): ElementRow[] {
  const merged: ElementSums = new Map();
  for (const day of days) {
    for (const { facts, sums } of day.values()) {
      const row = rowOf(merged, facts);
      for (const [measure] of measures) row[measure] += sums[measure];
    }
  }
  return [...merged.values()]
    .map(({ facts: { key, label, box, clickable }, sums }) => ({ key, label, box, clickable, ...sums }))
    .sort((a, b) => b.clicks - a.clicks || b.hoverMs - a.hoverMs || (a.key < b.key ? -1 : 1));
}

function rowOf(sums: ElementSums, facts: KnownElement): Record<Measure, number> {
  const known = sums.get(facts.key);
  if (known) {
    known.facts = facts;
    return known.sums;
  }
  const zero = Object.fromEntries(measures.map(([measure]) => [measure, 0])) as Record<Measure, number>;
  sums.set(facts.key, { facts, sums: zero });
  return zero;
}
