/** What somebody does on a page, as the snippet's captures would report it. */
import { cellOf } from '../../functions/contract/element-grid.ts';
import { type ElementEvent, kind, type PulseEvent, type WireElement } from '../../functions/contract/event.ts';
import { elementFor } from './catalog.ts';
import type { Random } from './random.ts';

export interface Deed {
  events: PulseEvent[];
  element?: WireElement;
}

/** Time and index are to be filled in. `width`: of the viewport. */
export function someDeed(random: Random, width: number): Deed {
  const roll = random.whole(0, 14);
  if (roll >= 13) return onField(random, roll === 14);
  if (roll <= 7) return onElement(random, elementFor(random, width), roll);
  switch (roll) {
    case 8:
      return read(bandsOf(random));
    case 9:
      return { events: [[kind.outbound, 0, 0, random.one(['https://maps.example/shop', 'https://pay.example/'])]] };
    case 10:
      return { events: [[kind.download, 0, 0, 'https://shop.example/menu.pdf']] };
    case 11:
      return { events: [[kind.custom, 0, 0, 'signup', { plan: random.one(['free', 'pro']), trial: true }]] };
    default:
      return { events: [[kind.custom, 0, 0, random.one(['search', 'share']), {}]] };
  }
}

/** What a page sums up before a batch is closed. */
export function summedUp(random: Random, ms: number): PulseEvent[] {
  const [first, last] = bandsOf(random);
  return [
    [kind.bands, 0, 0, first === last ? [first, ms] : [first, ms, last, Math.round(ms / 2)]],
    [kind.engaged, 0, 0, ms],
  ];
}

/** What a load tells of itself once: by its name, which is random already, and of some browsers not all. */
export function vitalsOf(load: string): PulseEvent {
  const digits = (from: number) => Number.parseInt(load.slice(from, from + 3), 16);
  const [lcp, inp, cls] = [digits(0) * 3, digits(3), digits(6)];
  // Whole hundreds of ms, so that some are at the very edge of a bucket.
  const ms = Math.floor(lcp / 100) * 100;
  return [kind.vitals, 0, 0, lcp % 5 === 0 ? null : ms, inp % 3 === 0 ? null : inp, cls % 4 === 0 ? 0 : cls];
}

function bandsOf(random: Random): [number, number] {
  const first = random.whole(0, 9);
  return [first, random.whole(first, 19)];
}

/** The page, or a list in it that scrolls by itself: seen for the first time, or further on; how long is told with every fourth. */
function read([first, last]: [number, number]): Deed {
  if ((first + last) % 2 === 0) return { events: [[kind.reach, 0, 0, first, last]] };
  const element: WireElement = [0, first % 3 === 0 ? '#chat' : 'main>ul', '', 40, 300, 400, 320, 0];
  const reach: PulseEvent = [kind.paneReach, 0, 0, first, last, first % 2 === 0 ? 900 : 0];
  return { events: last % 4 === 0 ? [reach, [kind.paneBands, 0, 0, [first, 40 * last]]] : [reach], element };
}

/** A visit to a field; the last one of a form that is not sent is told once more. */
function onField(random: Random, isLast: boolean): Deed {
  const element: WireElement = [0, random.one(['#mail', 'form>select', '#notes']), '', 40, 1_200, 300, 36, 1];
  const visit: PulseEvent = [kind.field, 0, 0, random.whole(0, 40_000), random.whole(0, 1)];
  return { events: isLast ? [visit, [kind.abandon, 0, 0]] : [visit], element };
}

function onElement(random: Random, element: WireElement, roll: number): Deed {
  const col = cellOf(random.next());
  const row = cellOf(random.next());
  const click: ElementEvent = [kind.click, 0, 0, col, row, random.one([0, 0, 1, 2])];
  if (roll <= 3) return { events: [click], element };
  if (roll === 4) {
    return {
      events: [click, [...click], [...click], [kind.rage, 0, 0, col, row, 3], [kind.rage, 0, 0, col, row, 4]],
      element,
    };
  }
  if (roll === 5) return { events: [click, [kind.dead, 0, 0, col, row]], element };
  if (roll === 6) return { events: [[kind.move, 0, 0, col, row, random.whole(100, 2_000), 300]], element };
  return { events: [[kind.hover, 0, 0, col, row, random.whole(300, 2_500), random.whole(0, 1)]], element };
}
