/** Sums by value, made of items that were read. Pure. */
import {
  type OpenDimension,
  otherValue,
  pageName,
  pageText,
  parseSmallName,
  type SmallDimension,
  type Totals,
  valueName,
  valueText,
} from '../contract/counter.ts';
import { addTo, type Tally } from './ranked.ts';

/** `amount`: page views that came with the value, or how often it happened. */
export type ValueTally = Tally<'amount' | 'visitors'>;

/** Dimensions that happen, by themselves: they have a count, not page views. */
const happening: readonly string[] = ['outbound', 'download', 'event'] satisfies OpenDimension[];

export function isHappening(dimension: string): boolean {
  return happening.includes(dimension);
}

export function pathTally(items: Totals[]): ValueTally {
  const tally: ValueTally = new Map();
  for (const { counters, texts } of items) {
    addTo(tally, texts[pageText.path] ?? otherValue, {
      amount: counters[pageName.pageViews] ?? 0,
      visitors: counters[pageName.visitors] ?? 0,
    });
  }
  return tally;
}

export function smallTally(items: Totals[], dimension: SmallDimension): ValueTally {
  const tally: ValueTally = new Map();
  for (const { counters } of items) {
    for (const [name, count] of Object.entries(counters)) {
      const parsed = parseSmallName(name);
      if (parsed?.dimension !== dimension) continue;
      const isViews = parsed.measure === 'p';
      addTo(tally, parsed.value, { amount: isViews ? count : 0, visitors: isViews ? 0 : count });
    }
  }
  return tally;
}

export function openTally(items: Totals[], dimension: OpenDimension): ValueTally {
  const measure = isHappening(dimension) ? valueName.count : valueName.pageViews;
  const tally: ValueTally = new Map();
  for (const { counters, texts } of items) {
    addTo(tally, texts[valueText.value] ?? otherValue, {
      amount: counters[measure] ?? 0,
      visitors: counters[valueName.visitors] ?? 0,
    });
  }
  return tally;
}

export function mergeTallies(tallies: ValueTally[]): ValueTally {
  const merged: ValueTally = new Map();
  for (const tally of tallies) for (const [name, sums] of tally) addTo(merged, name, sums);
  return merged;
}
