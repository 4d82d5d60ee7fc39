/** Visitors: of each unit of time, page and value, the first page view (or event) of each, as the stream brought them. */
import {
  hourKey,
  liveKey,
  minuteName,
  pageName,
  seriesName,
  smallName,
  valueName,
} from '../../../functions/contract/counter.ts';
import { kind } from '../../../functions/contract/event.ts';
import { type Books, smallValuesOf, valuesOf } from './additive.ts';
import type { Happening } from './happening.ts';

/** What happened longer before the newest receipt makes nobody a visitor. */
const horizonMs = 48 * 3_600_000;

export class Firsts {
  readonly #seen = new Set<string>();

  constructor(private readonly books: Books) {}

  /** `newest`: the newest receipt among the visitor's records so far, this one included. */
  take(happening: Happening, newest: number): void {
    const { event, at, day, hour, named } = happening;
    if (at < newest - horizonMs) return;
    const { ledger, epoch, site } = this.books;
    const hourItem = hourKey(epoch, site, day, hour);
    if (event[0] === kind.view) {
      const minute = Math.floor(at / 60_000);
      if (this.#isFirst(`hour ${hour}`)) ledger.add(hourItem, seriesName.visitors);
      if (this.#isFirst(`day ${day}`)) ledger.add(hourItem, seriesName.newVisitors);
      if (this.#isFirst(`minute ${hour} ${minute}`)) {
        ledger.add(liveKey(epoch, site, minute, named.id), minuteName.visitors);
      }
      if (this.#isFirst(`page ${day} ${named.path}`)) ledger.add(named.key, pageName.visitors);
      for (const [dimension, value] of smallValuesOf(happening, this.books)) {
        if (this.#isFirst(`${dimension} ${day} ${value}`)) ledger.add(hourItem, smallName(dimension, value, 'v'));
      }
    }
    for (const { dimension, value, key } of valuesOf(happening, this.books)) {
      if (this.#isFirst(`${dimension} ${day} ${value}`)) ledger.add(key, valueName.visitors);
    }
  }

  #isFirst(what: string): boolean {
    if (this.#seen.has(what)) return false;
    this.#seen.add(what);
    return true;
  }
}
