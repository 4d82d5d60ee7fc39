import { describe, expect, it } from 'vitest';
import {
  type CellLayer,
  cellName,
  countersPerUpdateMax,
  elementPartition,
  parseCellName,
  parsePlaceCounter,
  placeCounter,
} from '../../../functions/contract/counter.ts';
import { clickFlag, kind, type PulseEvent } from '../../../functions/contract/event.ts';
import { nameId } from '../../../functions/contract/name-id.ts';
import { coarseCell, placeOf } from '../../../functions/contract/place.ts';
import type { RecordElement } from '../../../functions/contract/record.ts';
import { elementOf, epoch, GivenSite, pageOf, recordOf, site } from './given.ts';

const noon = Date.parse('2026-11-23T12:00:00Z');
const partition = elementPartition(epoch, site, '2026-11-23', nameId('/'), 'desktop');

/** Counters by tile, each under its name at the place's index. */
function itemsOf(given: GivenSite): Record<string, Record<string, number>> {
  const items: Record<string, Record<string, number>> = {};
  for (const [key, counters] of given.items) {
    const [pk = '', sk = ''] = key.split('\n');
    if (pk === partition) items[sk] = counters;
  }
  return items;
}
/** As `placeCounter` writes them. */
const at = (index: number, counters: Record<string, number>) =>
  Object.fromEntries(Object.entries(counters).map(([name, value]) => [placeCounter(index, name), value]));
const hourTile = 'c|2026-11-23T12:00Z|0';
const receive = (given: GivenSite, events: PulseEvent[], box: [number, number, number, number], n = 0) =>
  given.receive(recordOf({ receivedAt: noon, n, elements: [elementOf('#buy', { box })], events }));
const button: [number, number, number, number] = [10, 10, 100, 40];

describe('elements', () => {
  it('count clicks, and taps among them, with the cell of each snapped to the steps of the box', () => {
    const given = new GivenSite();
    receive(
      given,
      [
        [kind.click, 0, 0, 2310, 2040, 0],
        [kind.click, 0, 0, 2304, 1100, clickFlag.touch],
        [kind.click, 0, 0, 256, 1024, 0],
      ],
      button,
    );
    // Eight steps across and four down.
    const cells = { [cellName('click', 2304, 1536)]: 2, [cellName('click', 256, 1536)]: 1 };
    expect(itemsOf(given)).toEqual({ [hourTile]: at(0, { cl: 3, ta: 1, ...cells }) });
  });

  it('count hovers by their time, moves by the day, rage by the burst, dead clicks and hesitations, all but moves on a coarser grid', () => {
    const given = new GivenSite();
    receive(
      given,
      [
        [kind.hover, 0, 0, 2048, 2048, 1200, 1],
        [kind.hover, 0, 0, 4000, 100, 400, 0],
        [kind.move, 0, 0, 2048, 2048, 250, 90],
        [kind.dead, 0, 0, 2048, 2048],
        [kind.rage, 0, 0, 2048, 2048, 3],
        [kind.rage, 0, 0, 2048, 2048, 4],
      ],
      button,
    );
    const cell = (layer: CellLayer) => cellName(layer, 3072, 2048);
    expect(itemsOf(given)).toEqual({
      [hourTile]: at(0, {
        ...{ ho: 2, hm: 1600, [cell('hover')]: 1600, he: 1, [cell('hesitation')]: 1 },
        ...{ ra: 1, [cell('rage')]: 1, de: 1, [cell('dead')]: 1 },
      }),
      'm|day|0': at(0, { mo: 1, rm: 250, [cell('move')]: 250 }),
    });
  });

  it('count visits to fields by the day, wherever the field stands', () => {
    const given = new GivenSite();
    receive(given, [[kind.field, 0, 0, 2_500, 1]], button);
    receive(
      given,
      [
        [kind.field, 0, 0, 700, 0],
        [kind.abandon, 0, 0],
      ],
      [0, 0, 900, 400],
      1,
    );
    expect(itemsOf(given)).toEqual({ 'f|day|0': at(0, { fo: 2, fm: 3_200, ch: 1, ab: 1 }) });
  });

  it('count how a pane was read by the day: views, folds, bands', () => {
    const given = new GivenSite();
    const box: RecordElement['box'] = [0, 300, 400, 200];
    receive(
      given,
      [
        [kind.paneReach, 0, 0, 0, 1, 800],
        [kind.paneReach, 0, 0, 10, 10, 0],
        [kind.paneBands, 0, 0, [0, 400, 10, 150]],
      ],
      box,
    );
    receive(given, [[kind.paneReach, 0, 0, 1, 1, 0]], box, 1);
    // Another view, of which nothing is known but what it opened with: a conversation begins at its end.
    receive(given, [[kind.paneReach, 0, 0, 19, 19, 100]], box, 2);
    expect(itemsOf(given)).toEqual({
      'p|day|0': at(0, { V: 2, F: 1_250, R0: 1, R1: 2, Ra: 1, Rj: 1, T0: 400, Ta: 150 }),
    });
  });

  it('share a tile: each place counts at an index of its own', () => {
    const given = new GivenSite();
    const elements = ['#a', '#b', '#c'].map((key) => elementOf(key, { box: button }));
    const events = elements.map((_, index): PulseEvent => [kind.click, 0, index, 2304, 2048, 0]);
    given.receive(recordOf({ receivedAt: noon, elements, events }));
    const one = { cl: 1, [cellName('click', 2304, 2560)]: 1 };
    expect(itemsOf(given)).toEqual({ [hourTile]: { ...at(0, one), ...at(1, one), ...at(2, one) } });
  });

  it('count under another place in another block, and when the box has got other steps', () => {
    const given = new GivenSite();
    receive(given, [[kind.click, 0, 0, 100, 100, 0]], [0, 0, 512, 100]);
    receive(given, [[kind.click, 0, 0, 4000, 100, 0]], [0, 0, 512, 100], 1);
    receive(given, [[kind.click, 0, 0, 100, 100, 0]], [0, 0, 90, 20], 2);
    receive(given, [[kind.click, 0, 0, 100, 100, 0]], [0, 0, 500, 101], 3);
    const clicks = Object.entries(itemsOf(given)[hourTile] ?? {}).filter(([name]) => name.endsWith('cl'));
    expect(Object.fromEntries(clicks)).toEqual({ ...at(0, { cl: 2 }), ...at(1, { cl: 1 }), ...at(2, { cl: 1 }) });
  });

  it('agree with their cells, layer by layer', () => {
    const given = new GivenSite();
    for (let n = 0; n < 40; n++) {
      const spot = [(n * 307) % 4096, (n * 911) % 4096] as const;
      receive(
        given,
        [
          [kind.click, 0, 0, ...spot, 0],
          [kind.hover, 0, 0, ...spot, 300 + n, 0],
        ],
        [0, 0, 900, 700],
        n,
      );
    }
    const sums = { cl: 0, hm: 0, click: 0, hover: 0 };
    for (const counters of Object.values(itemsOf(given))) {
      for (const [counter, value] of Object.entries(counters)) {
        const { name } = parsePlaceCounter(counter);
        if (name === 'cl' || name === 'hm') sums[name] += value;
        const layer = parseCellName(name)?.layer;
        if (layer === 'click' || layer === 'hover') sums[layer] += value;
      }
    }
    expect(sums.click).toBe(40);
    expect(sums).toMatchObject({ cl: sums.click, hm: sums.hover });
  });

  it.each([
    [10, 10],
    [100, 40],
    [250, 60],
    [1280, 700],
  ])('of %i × %i px take one record’s worth in one update, whatever happens on them', (width, height) => {
    const given = new GivenSite();
    const elements = Array.from({ length: 64 }, (_, index) => elementOf(`#b${index}`, { box: [0, 0, width, height] }));
    // One event on each element first: so its place has its index. Then as many different counters as 250 events can name.
    given.receive(recordOf({ receivedAt: noon, elements, events: elements.map((_, at) => [kind.dead, 0, at, 0, 0]) }));
    const held = elements.filter((_, index) => itemsOf(given)[hourTile]?.[placeCounter(index, 'de')]);
    const spots = held.flatMap((_, at) => {
      const { across, down } = placeOf('c', '', [0, 0], [width, height]);
      // Of the one block that stands in this tile.
      const steps = Math.min(16, Math.max(across, down));
      return Array.from({ length: steps ** 2 }, (_, step): [number, number, number] => [
        at,
        ((step % steps) * 4096) / across,
        (Math.floor(step / steps) * 4096) / down,
      ]).filter(([, col, row]) => col < 4096 && row < 4096);
    });
    const seen = new Set<string>();
    const first = ([at, col, row]: [number, number, number]) => {
      const name = [at, ...coarseCell(placeOf('c', '', [col, row], [width, height]), col, row)].join();
      return !seen.has(name) && seen.add(name);
    };
    const coarse = spots.filter(first);
    const events: PulseEvent[] = [
      ...coarse.map((spot): PulseEvent => [kind.hover, 0, ...spot, 1_000, 1]),
      ...coarse.map((spot): PulseEvent => [kind.rage, 0, ...spot, 3]),
      ...coarse.map((spot): PulseEvent => [kind.dead, 0, ...spot]),
      ...spots.map((spot): PulseEvent => [kind.click, 0, ...spot, clickFlag.touch]),
    ];
    const { increments } = given.receive(recordOf({ receivedAt: noon, n: 1, elements, events: events.slice(0, 250) }));
    const most = Math.max(...increments.map(({ counters }) => Object.keys(counters).length));
    expect(most).toBeLessThanOrEqual(countersPerUpdateMax);
    // It is not a bound that nothing comes near.
    expect(most).toBeGreaterThan(100);
  });

  it('of a page without admission, or beyond the slots, are left out of elements only', () => {
    const given = new GivenSite({ refused: ['#buy'] });
    receive(given, [[kind.click, 0, 0, 0, 0, 0]], button);
    expect(itemsOf(given)).toEqual({});
    expect([...given.items.values()].some(({ ev }) => ev === 1)).toBe(true);
  });

  it('of another device class have counters of their own', () => {
    const given = new GivenSite();
    const pages = [pageOf('/', { viewportWidth: 390 })];
    given.receive(
      recordOf({ receivedAt: noon, pages, elements: [elementOf('#buy')], events: [[kind.click, 0, 0, 0, 0, 0]] }),
    );
    const mobile = elementPartition(epoch, site, '2026-11-23', nameId('/'), 'mobile');
    expect([...given.items.keys()].filter((key) => key.startsWith(`${mobile}\n`))).toEqual([`${mobile}\n${hourTile}`]);
  });
});
