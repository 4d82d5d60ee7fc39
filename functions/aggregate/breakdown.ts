/** Breakdowns: where page views come from and what they are seen with, and how often each outbound link, download or event was. */
import { smallName, valueName, valueText } from '../contract/counter.ts';
import type { Facts } from './facts.ts';
import type { Increments } from './increments.ts';

export function addBreakdowns(facts: Facts, increments: Increments): void {
  for (const { hourItem, view, values } of facts.events) {
    for (const { dimension, value, isFirst } of view?.small ?? []) {
      increments.add(hourItem, smallName(dimension, value, 'p'));
      if (isFirst) increments.add(hourItem, smallName(dimension, value, 'v'));
    }
    for (const { key, value, isFirst } of values) {
      increments.add(key, view ? valueName.pageViews : valueName.count);
      if (isFirst) increments.add(key, valueName.visitors);
      increments.text(key, valueText.value, value);
    }
  }
}
