/** Elements: clicks, rage and hovers by hour, moves by day, each as a number of the element and in the cell where it was. */
import {
  blockOf,
  type CellLayer,
  cellName,
  clickBlockPx,
  elementName,
  elementSort,
  type ItemKey,
  moveBlockPx,
} from '../contract/counter.ts';
import { clickFlag, type ElementEvent, kind } from '../contract/event.ts';
import type { CountedElement } from './counted-name.ts';
import type { Facts } from './facts.ts';
import type { Increments } from './increments.ts';
import { isBurst } from './series.ts';

export function addElements(facts: Facts, increments: Increments): void {
  for (const { event, hour, countedElement } of facts.events) {
    if (!countedElement) continue;
    switch (event[0]) {
      case kind.click:
        addClick(increments, itemOf(countedElement, event, hour), event);
        break;
      case kind.rage:
        if (isBurst(event)) addAt(increments, itemOf(countedElement, event, hour), event, 'rage', elementName.rage, 1);
        break;
      case kind.hover:
        addHover(increments, itemOf(countedElement, event, hour), event);
        break;
      case kind.move: {
        const key = itemOf(countedElement, event, 'day');
        addAt(increments, key, event, 'move', elementName.restMs, event[5]);
        increments.add(key, elementName.moves);
        break;
      }
    }
  }
}

function addClick(increments: Increments, key: ItemKey, event: ElementEvent): void {
  addAt(increments, key, event, 'click', elementName.clicks, 1);
  if (event[5] & clickFlag.touch) increments.add(key, elementName.taps);
}

function addHover(increments: Increments, key: ItemKey, event: Extract<ElementEvent, { 0: typeof kind.hover }>): void {
  addAt(increments, key, event, 'hover', elementName.hoverMs, event[5]);
  increments.add(key, elementName.hovers);
  if (event[6] === 1) increments.add(key, elementName.hesitations);
}

/** The number and the cell get the same amount, so a table and a heatmap cannot disagree. */
function addAt(
  increments: Increments,
  key: ItemKey,
  [, , , col, row]: ElementEvent,
  layer: CellLayer,
  name: string,
  amount: number,
): void {
  increments.add(key, name, amount);
  increments.add(key, cellName(layer, col, row), amount);
}

function itemOf(
  { partition, slot, width, height }: CountedElement,
  event: ElementEvent,
  when: number | 'day',
): ItemKey {
  const [, , , col, row] = event;
  const block = blockOf(col, row, width, height, when === 'day' ? moveBlockPx : clickBlockPx);
  return { pk: partition, sk: elementSort(slot, when, block) };
}
