/** What an event adds to the element that it was on: the item, the element's own figure, and the cell's. */
import {
  type CellLayer,
  cellName,
  elementName,
  type ItemKey,
  paneBandName,
  paneName,
  placeCounter,
  tileSort,
} from '../../../functions/contract/counter.ts';
import { kind, type PulseEvent, type SpotEvent } from '../../../functions/contract/event.ts';
import { coarseCell, fineCell, type Place, placeOf } from '../../../functions/contract/place.ts';
import type { Happening } from './happening.ts';
import type { Names } from './names.ts';

interface Figure {
  key: ItemKey;
  name: string;
  amount: number;
}

interface Told {
  /** What the event's cell gets in each layer. */
  inCell: [layer: CellLayer, amount: number][];
  ofElement: [name: string, amount: number][];
}

export function figuresOnElement({ event, element, page, named, day, hour }: Happening, names: Names): Figure[] {
  if (!element) return [];
  for (const [group, figures] of [
    ['f', toldByField(event)],
    ['p', toldByPane(event, element.box[3])],
  ] as const) {
    if (figures.length === 0) continue;
    const whole: Place = { group, key: element.key, across: 1, down: 1, column: 0, row: 0 };
    const found = names.place(day, named, page.device, whole);
    if (!found) return [];
    const key = { pk: found.partition, sk: tileSort('day', found.tile, group) };
    return figures.map(([name, amount]) => ({ key, name: placeCounter(found.at, name), amount }));
  }
  const told = toldBy(event);
  if (!told) return [];
  const [, , , col, row] = event as SpotEvent;
  const isMove = event[0] === kind.move;
  const [, , width, height] = element.box;
  const place = placeOf(isMove ? 'm' : 'c', element.key, [col, row], [width, height]);
  const found = names.place(day, named, page.device, place);
  if (!found) return [];
  const isFine = isMove || event[0] === kind.click;
  const [x, y] = isFine ? fineCell(place, col, row) : coarseCell(place, col, row);
  const key = { pk: found.partition, sk: tileSort(isMove ? 'day' : hour, found.tile) };
  const cells = told.inCell.map(([layer, amount]): [string, number] => [cellName(layer, x, y), amount]);
  return [...told.ofElement, ...cells].map(([name, amount]) => ({ key, name: placeCounter(found.at, name), amount }));
}

function toldByField(event: PulseEvent): [name: string, amount: number][] {
  const { focuses, focusMs, changes, abandons } = elementName;
  if (event[0] === kind.abandon) return [[abandons, 1]];
  if (event[0] !== kind.field) return [];
  return [
    [focuses, 1],
    [focusMs, event[3]],
    [changes, event[4]],
  ];
}

function toldByPane(event: PulseEvent, heightPx: number): [name: string, amount: number][] {
  const figures: [name: string, amount: number][] = [];
  if (event[0] === kind.paneReach) {
    const [, , , from, to, heldPx] = event;
    for (let band = from; band <= to; band++) figures.push([paneBandName(band, 'R'), 1]);
    if (heldPx > 0)
      figures.push([paneName.views, 1], [paneName.folds, Math.round(1000 * Math.min(1, heightPx / heldPx))]);
  }
  if (event[0] === kind.paneBands) {
    for (let at = 0; at < event[3].length; at += 2) {
      figures.push([paneBandName(event[3][at] ?? 0, 'T'), event[3][at + 1] ?? 0]);
    }
  }
  return figures;
}

function toldBy(event: PulseEvent): Told | null {
  const { clicks, taps, rage, dead, hovers, hoverMs, hesitations, moves, restMs } = elementName;
  switch (event[0]) {
    case kind.click:
      return {
        inCell: [['click', 1]],
        ofElement: [
          [clicks, 1],
          [taps, event[5] % 2],
        ],
      };
    case kind.rage:
      return event[5] === 3 ? { inCell: [['rage', 1]], ofElement: [[rage, 1]] } : null;
    case kind.dead:
      return { inCell: [['dead', 1]], ofElement: [[dead, 1]] };
    case kind.hover:
      return {
        inCell: [
          ['hover', event[5]],
          ['hesitation', event[6]],
        ],
        ofElement: [
          [hovers, 1],
          [hoverMs, event[5]],
          [hesitations, event[6]],
        ],
      };
    case kind.move:
      return {
        inCell: [['move', event[5]]],
        ofElement: [
          [moves, 1],
          [restMs, event[5]],
        ],
      };
    default:
      return null;
  }
}
