import { describe, expect, it } from 'vitest';
import { claimedCell } from '../../../functions/aggregate/claimed-cell.ts';
import { cellName, elementPartition, elementSort, parseCellName } from '../../../functions/contract/counter.ts';
import { cellOf, clickStepPxMax } from '../../../functions/contract/element-grid.ts';
import { clickFlag, kind, type PulseEvent } from '../../../functions/contract/event.ts';
import { nameId } from '../../../functions/contract/name-id.ts';
import { elementOf, epoch, GivenSite, pageOf, recordOf, site } from './given.ts';

const noon = Date.parse('2026-11-23T12:00:00Z');
const partition = elementPartition(epoch, site, '2026-11-23', nameId('/'), 'desktop');

function itemsOf(given: GivenSite): [string, Record<string, number>][] {
  return [...given.items].flatMap(([key, counters]) => {
    const [pk = '', sk = ''] = key.split('\n');
    return pk === partition ? [[sk.slice(sk.indexOf('|') + 1), counters] as [string, Record<string, number>]] : [];
  });
}
const receive = (given: GivenSite, events: PulseEvent[], box: [number, number, number, number], n = 0) =>
  given.receive(recordOf({ receivedAt: noon, n, elements: [elementOf('#buy', { box })], events }));
const button: [number, number, number, number] = [10, 10, 100, 40];

describe('elements', () => {
  it('count clicks, and taps among them, with the cell of each', () => {
    const given = new GivenSite();
    receive(
      given,
      [
        [kind.click, 0, 0, 2304, 2048, 0],
        [kind.click, 0, 0, 2304, 2048, clickFlag.touch],
        [kind.click, 0, 0, 256, 1024, 0],
      ],
      button,
    );
    expect(itemsOf(given)).toEqual([
      [
        '2026-11-23T12:00Z|0.0',
        { cl: 3, ta: 1, [cellName('click', 2304, 2048)]: 2, [cellName('click', 256, 1024)]: 1 },
      ],
    ]);
  });

  it('count hovers by their time, moves by the day, rage by the burst', () => {
    const given = new GivenSite();
    receive(
      given,
      [
        [kind.hover, 0, 0, 2048, 2048, 1200, 1],
        [kind.hover, 0, 0, 2048, 2048, 400, 0],
        [kind.move, 0, 0, 2048, 2048, 250, 90],
        [kind.rage, 0, 0, 2048, 2048, 3],
        [kind.rage, 0, 0, 2048, 2048, 4],
      ],
      button,
    );
    const cell = (layer: 'hover' | 'move' | 'rage') => cellName(layer, 2048, 2048);
    expect(Object.fromEntries(itemsOf(given))).toEqual({
      '2026-11-23T12:00Z|0.0': { ho: 2, hm: 1600, he: 1, [cell('hover')]: 1600, ra: 1, [cell('rage')]: 1 },
      'day|0.0': { mo: 1, rm: 250, [cell('move')]: 250 },
    });
  });

  it('stand in blocks of the box that was claimed first that day', () => {
    const given = new GivenSite();
    receive(given, [[kind.click, 0, 0, 4000, 100, 0]], [0, 0, 512, 100]);
    receive(given, [[kind.click, 0, 0, 4000, 100, 0]], [0, 0, 90, 20], 1);
    expect(itemsOf(given).map(([sk, { cl }]) => [sk, cl])).toEqual([['2026-11-23T12:00Z|3.0', 2]]);
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
    for (const [, counters] of itemsOf(given)) {
      sums.cl += counters.cl ?? 0;
      sums.hm += counters.hm ?? 0;
      for (const [name, value] of Object.entries(counters)) {
        const layer = parseCellName(name)?.layer;
        if (layer === 'click' || layer === 'hover') sums[layer] += value;
      }
    }
    expect(sums.click).toBe(40);
    expect(sums).toMatchObject({ cl: sums.click, hm: sums.hover });
  });

  it('of a page without admission, or beyond the slots, are left out of elements only', () => {
    const given = new GivenSite({ refused: ['#buy'] });
    receive(given, [[kind.click, 0, 0, 0, 0, 0]], button);
    expect(itemsOf(given)).toEqual([]);
    expect([...given.items.values()].some(({ ev }) => ev === 1)).toBe(true);
  });

  it('of another device class have counters of their own', () => {
    const given = new GivenSite();
    const pages = [pageOf('/', { viewportWidth: 390 })];
    given.receive(
      recordOf({ receivedAt: noon, pages, elements: [elementOf('#buy')], events: [[kind.click, 0, 0, 0, 0, 0]] }),
    );
    const mobile = elementPartition(epoch, site, '2026-11-23', nameId('/'), 'mobile');
    expect([...given.items.keys()].filter((key) => key.startsWith(`${mobile}\n`))).toEqual([
      `${mobile}\n${elementSort(slotIn(given, mobile), noon, '0.0')}`,
    ]);
  });
});

function slotIn(given: GivenSite, pk: string): number {
  const key = [...given.items.keys()].find((text) => text.startsWith(`${pk}\n`)) ?? '';
  return Number(key.slice(pk.length + 1).split('|')[0]);
}

describe('a cell as claimed', () => {
  it.each([40, 100, 512, 1300, 9000])('is left alone where the box is as it was claimed (%i px)', (size) => {
    for (let fraction = 0; fraction < 1; fraction += 0.013) {
      const cell = cellOf(fraction, size, clickStepPxMax);
      expect(claimedCell(cell, size, clickStepPxMax, 128)).toBe(cell);
      expect(claimedCell(cellOf(fraction, size * 2, clickStepPxMax), size, clickStepPxMax, 128)).toBe(
        cellOf(fraction, size * 2, clickStepPxMax),
      );
    }
  });

  it('is coarse enough that a block holds few, whatever was sent', () => {
    for (const size of [0, 40, 128, 900]) {
      const cells = new Set(Array.from({ length: 4096 }, (_, cell) => claimedCell(cell, size, clickStepPxMax, 128)));
      expect(cells.size).toBeLessThanOrEqual(64 * Math.max(1, Math.ceil(size / 128)));
    }
  });
});
