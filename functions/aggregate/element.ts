/** Elements: clicks, rage, dead clicks and hovers by hour, moves by day, each as a number of the element and in the cell where it was; fields by day. */
import { type CellLayer, cellName, elementName, type ItemKey, placeCounter, tileSort } from '../contract/counter.ts';
import { clickFlag, kind, type SpotEvent } from '../contract/event.ts';
import { coarseCell, fineCell } from '../contract/place.ts';
import type { CountedPlace } from './counted-name.ts';
import type { Facts } from './facts.ts';
import type { Increments } from './increments.ts';
import { isBurst } from './series.ts';

export function addElements(facts: Facts, increments: Increments): void {
  for (const { event, hour, countedPlace } of facts.events) {
    if (!countedPlace) continue;
    switch (event[0]) {
      case kind.click: {
        const spot = spotOf(countedPlace, event, hour);
        addAt(increments, spot, 'click', elementName.clicks, 1);
        if (event[5] & clickFlag.touch) addTo(increments, spot, elementName.taps);
        break;
      }
      case kind.rage:
        if (isBurst(event)) addAt(increments, spotOf(countedPlace, event, hour), 'rage', elementName.rage, 1);
        break;
      case kind.dead:
        addAt(increments, spotOf(countedPlace, event, hour), 'dead', elementName.dead, 1);
        break;
      case kind.hover: {
        const spot = spotOf(countedPlace, event, hour);
        addAt(increments, spot, 'hover', elementName.hoverMs, event[5]);
        addTo(increments, spot, elementName.hovers);
        if (event[6] === 1) addAt(increments, spot, 'hesitation', elementName.hesitations, 1);
        break;
      }
      case kind.field: {
        const field = fieldOf(countedPlace);
        addTo(increments, field, elementName.focuses);
        addTo(increments, field, elementName.focusMs, event[3]);
        addTo(increments, field, elementName.changes, event[4]);
        break;
      }
      case kind.abandon:
        addTo(increments, fieldOf(countedPlace), elementName.abandons);
        break;
      case kind.move: {
        const spot = spotOf(countedPlace, event, 'day');
        addAt(increments, spot, 'move', elementName.restMs, event[5]);
        addTo(increments, spot, elementName.moves);
        break;
      }
    }
  }
}

/** The tile and the index that count something about an element. */
interface Counted {
  key: ItemKey;
  at: number;
}
/** Where on it it was, too: the cell. */
interface Spot extends Counted {
  col: number;
  row: number;
}

function spotOf({ partition, place, tile, at }: CountedPlace, event: SpotEvent, when: number | 'day'): Spot {
  const isFine = event[0] === kind.click || event[0] === kind.move;
  const [col, row] = (isFine ? fineCell : coarseCell)(place, event[3], event[4]);
  return { key: { pk: partition, sk: tileSort(when, tile) }, at, col, row };
}

function fieldOf({ partition, tile, at }: CountedPlace): Counted {
  return { key: { pk: partition, sk: tileSort('day', tile, 'f') }, at };
}

function addTo(increments: Increments, { key, at }: Counted, name: string, amount = 1): void {
  increments.add(key, placeCounter(at, name), amount);
}

/** The number and the cell get the same amount, so a table and a heatmap cannot disagree. */
function addAt(increments: Increments, spot: Spot, layer: CellLayer, name: string, amount: number): void {
  addTo(increments, spot, name, amount);
  addTo(increments, spot, cellName(layer, spot.col, spot.row), amount);
}
