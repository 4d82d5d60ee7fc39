/** What an event adds to the element that it was on: the item, the element's own figure, and the cell's. */
import {
  type CellLayer,
  cellName,
  elementName,
  type ItemKey,
  placeCounter,
  tileSort,
} from '../../../functions/contract/counter.ts';
import { type ElementEvent, kind, type PulseEvent } from '../../../functions/contract/event.ts';
import { coarseCell, fineCell, placeOf } from '../../../functions/contract/place.ts';
import type { Happening } from './happening.ts';
import type { Names } from './names.ts';

interface Figure {
  key: ItemKey;
  name: string;
  amount: number;
}

interface Told {
  layer: CellLayer;
  /** What the cell gets. */
  inCell: number;
  ofElement: [name: string, amount: number][];
}

export function figuresOnElement({ event, element, page, named, day, hour }: Happening, names: Names): Figure[] {
  const told = element ? toldBy(event) : null;
  if (!element || !told) return [];
  const [, , , col, row] = event as ElementEvent;
  const isMove = told.layer === 'move';
  const [, , width, height] = element.box;
  const place = placeOf(isMove ? 'm' : 'c', element.key, [col, row], [width, height]);
  const found = names.place(day, named, page.device, place);
  if (!found) return [];
  const isFine = isMove || told.layer === 'click';
  const [x, y] = isFine ? fineCell(place, col, row) : coarseCell(place, col, row);
  const key = { pk: found.partition, sk: tileSort(isMove ? 'day' : hour, found.tile) };
  const figures: [string, number][] = [...told.ofElement, [cellName(told.layer, x, y), told.inCell]];
  return figures.map(([name, amount]) => ({ key, name: placeCounter(found.at, name), amount }));
}

function toldBy(event: PulseEvent): Told | null {
  const { clicks, taps, rage, hovers, hoverMs, hesitations, moves, restMs } = elementName;
  switch (event[0]) {
    case kind.click:
      return {
        layer: 'click',
        inCell: 1,
        ofElement: [
          [clicks, 1],
          [taps, event[5] % 2],
        ],
      };
    case kind.rage:
      return event[5] === 3 ? { layer: 'rage', inCell: 1, ofElement: [[rage, 1]] } : null;
    case kind.hover:
      return {
        layer: 'hover',
        inCell: event[5],
        ofElement: [
          [hovers, 1],
          [hoverMs, event[5]],
          [hesitations, event[6]],
        ],
      };
    case kind.move:
      return {
        layer: 'move',
        inCell: event[5],
        ofElement: [
          [moves, 1],
          [restMs, event[5]],
        ],
      };
    default:
      return null;
  }
}
