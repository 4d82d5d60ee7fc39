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
import { clickStepPxMax, moveStepPxMax } from '../contract/element-grid.ts';
import { clickFlag, type ElementEvent, type HoverEvent, kind } from '../contract/event.ts';
import { claimedCell } from './claimed-cell.ts';
import type { CountedElement } from './counted-name.ts';
import type { Facts } from './facts.ts';
import type { Increments } from './increments.ts';
import { isBurst } from './series.ts';

export function addElements(facts: Facts, increments: Increments): void {
  for (const { event, hour, countedElement } of facts.events) {
    if (!countedElement) continue;
    switch (event[0]) {
      case kind.click:
        addClick(increments, spotOf(countedElement, event, hour), event);
        break;
      case kind.rage:
        if (isBurst(event)) addAt(increments, spotOf(countedElement, event, hour), 'rage', elementName.rage, 1);
        break;
      case kind.hover:
        addHover(increments, spotOf(countedElement, event, hour), event);
        break;
      case kind.move: {
        const spot = spotOf(countedElement, event, 'day');
        addAt(increments, spot, 'move', elementName.restMs, event[5]);
        increments.add(spot.key, elementName.moves);
        break;
      }
    }
  }
}

/** Where on an element something was: the item that counts it, and the cell. */
interface Spot {
  key: ItemKey;
  col: number;
  row: number;
}

function addClick(increments: Increments, spot: Spot, event: ElementEvent): void {
  addAt(increments, spot, 'click', elementName.clicks, 1);
  if (event[5] & clickFlag.touch) increments.add(spot.key, elementName.taps);
}

function addHover(increments: Increments, spot: Spot, [, , , , , ms, hesitated]: HoverEvent): void {
  addAt(increments, spot, 'hover', elementName.hoverMs, ms);
  increments.add(spot.key, elementName.hovers);
  if (hesitated === 1) increments.add(spot.key, elementName.hesitations);
}

/** The number and the cell get the same amount, so a table and a heatmap cannot disagree. */
function addAt(increments: Increments, { key, col, row }: Spot, layer: CellLayer, name: string, amount: number): void {
  increments.add(key, name, amount);
  increments.add(key, cellName(layer, col, row), amount);
}

function spotOf({ partition, slot, width, height }: CountedElement, event: ElementEvent, when: number | 'day'): Spot {
  const [blockPx, stepPx] = when === 'day' ? [moveBlockPx, moveStepPxMax] : [clickBlockPx, clickStepPxMax];
  const col = claimedCell(event[3], width, stepPx, blockPx);
  const row = claimedCell(event[4], height, stepPx, blockPx);
  const block = blockOf(col, row, width, height, blockPx);
  return { key: { pk: partition, sk: elementSort(slot, when, block) }, col, row };
}
