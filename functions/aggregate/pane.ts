/** Panes: views that had one on screen, how far each was read, and for how long, by day. */
import { paneBandName, paneName, placeCounter, tileSort } from '../contract/counter.ts';
import { kind } from '../contract/event.ts';
import type { Facts } from './facts.ts';
import type { Increments } from './increments.ts';

export function addPanes(facts: Facts, increments: Increments): void {
  for (const { event, element, countedPlace } of facts.events) {
    if (!countedPlace || !element) continue;
    const { partition, tile, at } = countedPlace;
    const key = { pk: partition, sk: tileSort('day', tile, 'p') };
    const add = (name: string, amount = 1) => increments.add(key, placeCounter(at, name), amount);
    if (event[0] === kind.paneReach) {
      const [, , , from, to, heldPx] = event;
      if (heldPx > 0) {
        add(paneName.views);
        add(paneName.folds, Math.min(1000, Math.round((1000 * element.box[3]) / heldPx)));
      }
      for (let band = from; band <= to; band++) add(paneBandName(band, 'R'));
    }
    if (event[0] === kind.paneBands) {
      const pairs = event[3];
      for (let index = 0; index + 1 < pairs.length; index += 2) {
        add(paneBandName(pairs[index] ?? 0, 'T'), pairs[index + 1]);
      }
    }
  }
}
