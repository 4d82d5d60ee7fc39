import { describe, expect, it } from 'vitest';
import { elementScope } from '../../../functions/contract/admission.ts';
import { cellName, elementPartition } from '../../../functions/contract/counter.ts';
import { nameId } from '../../../functions/contract/name-id.ts';
import { formatPlace, placeOf } from '../../../functions/contract/place.ts';
import type { Device } from '../../../functions/contract/record.ts';
import { heatElements } from '../../../functions/query/heat.ts';
import { demoApi, epoch, today } from './demo-api.ts';

const facts = { label: 'Buy', box: [10, 20, 100, 40] as Box, viewportWidth: 1280, clickable: true };
type Box = [number, number, number, number];
const buy = { day: today, path: '/', device: 'desktop' as Device, key: '#buy', facts };
const hero = { ...buy, key: '.hero', facts: { ...facts, label: '', clickable: false } };
const clicksAt = (col: number, row: number, count: number) => ({ cl: count, [cellName('click', col, row)]: count });

const desktopCapture = {
  url: 'https://shop.example/',
  path: '/',
  device: 'desktop',
  takenAt: 1795400000000,
  viewportWidth: 1280,
  viewportHeight: 800,
  width: 1280,
  height: 3000,
  image: 'captures/demo/secret-key.jpg',
  elements: [{ key: '#buy', label: 'Buy', clickable: true, box: [12, 22, 100, 40] }],
};
const documentKey = `captures/demo/${nameId('/')}/desktop/latest.json`;

describe('/heatmap', () => {
  it('adds up the cells of the range’s hours, and says where they can be placed', async () => {
    const { ask, put, objects } = await demoApi();
    objects.set(documentKey, JSON.stringify(desktopCapture));
    const place = await put.element(buy, '2026-11-23T09:00Z', { ...clicksAt(2048, 64, 3), ra: 9 });
    await put.element(buy, '2026-11-23T10:00Z', { ...clicksAt(2048, 64, 2), ...clicksAt(100, 4095, 1) });
    await put.element(buy, '2026-11-23T11:00Z', clicksAt(1, 1, 50));
    const heroPlace = await put.element(hero, '2026-11-23T09:00Z', clicksAt(7, 7, 4));
    const query = 'path=/&device=desktop&layer=click&from=2026-11-23T09:00Z&to=2026-11-23T11:00Z';
    const { json } = await ask(`/v1/sites/demo/heatmap?${query}`);
    expect(json).toMatchObject({ layer: 'click', device: 'desktop', unit: 'count', grid: 4096, path: '/' });
    expect([json.from, json.to]).toEqual([Date.parse('2026-11-23T09:00Z'), Date.parse('2026-11-23T11:00Z')]);
    expect(json.elements).toEqual([
      {
        key: '#buy',
        ...facts,
        places: [place],
        cells: [
          [100, 4095, 1],
          [2048, 64, 5],
        ],
      },
      { key: '.hero', ...hero.facts, places: [heroPlace], cells: [[7, 7, 4]] },
    ]);
    expect(json).toMatchObject({ placed: { exact: 6, fallback: 4, none: 0 }, max: 5, total: 10 });
    expect(json.capture.image).toBe(`/v1/sites/demo/captures/${nameId('/')}/desktop/1795400000000.jpg`);
    expect(JSON.stringify(json)).not.toContain('secret-key');
  });

  it('places nothing exactly where the picture shows only another part of an element', async () => {
    const { ask, put, objects } = await demoApi();
    const [known] = desktopCapture.elements;
    const elements = [{ ...known, window: [0, 0, 1280, 42] }];
    objects.set(documentKey, JSON.stringify({ ...desktopCapture, elements }));
    await put.element(buy, '2026-11-23T09:00Z', { ...clicksAt(2048, 1000, 3), ...clicksAt(2048, 3000, 4) });
    const query = 'path=/&device=desktop&layer=click&from=2026-11-23T09:00Z&to=2026-11-23T11:00Z';
    const { json } = await ask(`/v1/sites/demo/heatmap?${query}`);
    expect(json).toMatchObject({ placed: { exact: 3, fallback: 4, none: 0 }, total: 7 });
    expect(json.capture.elements).toEqual(elements);
  });

  it('keeps layers apart: moves by whole days in ms, clicks by hour', async () => {
    const { ask, put } = await demoApi();
    await put.element(buy, '2026-11-23T09:00Z', {
      ...clicksAt(1, 1, 3),
      [cellName('hover', 5, 5)]: 900,
      [cellName('hesitation', 5, 5)]: 1,
      [cellName('dead', 9, 9)]: 2,
    });
    await put.element(buy, 'day', { [cellName('move', 8, 8)]: 1_500 });
    await put.element({ ...buy, day: '2026-11-22' }, 'day', { [cellName('move', 8, 8)]: 500 });
    const of = async (layer: string) =>
      (await ask(`/v1/sites/demo/heatmap?path=/&device=desktop&layer=${layer}&from=2026-11-22&to=2026-11-23`)).json;
    expect(await of('move')).toMatchObject({ unit: 'ms', total: 2_000, elements: [{ cells: [[8, 8, 2_000]] }] });
    expect(await of('hover')).toMatchObject({ unit: 'ms', total: 900, elements: [{ cells: [[5, 5, 900]] }] });
    expect(await of('click')).toMatchObject({ unit: 'count', total: 3, elements: [{ cells: [[1, 1, 3]] }] });
    expect(await of('dead')).toMatchObject({ unit: 'count', total: 2, elements: [{ cells: [[9, 9, 2]] }] });
    expect(await of('hesitation')).toMatchObject({ unit: 'count', total: 1, elements: [{ cells: [[5, 5, 1]] }] });
    expect(await of('rage')).toMatchObject({ total: 0, max: 0, elements: [{ cells: [] }] });
  });

  it('tells days apart, where the same place may be another element', async () => {
    const { ask, put } = await demoApi();
    const old = { ...facts, label: 'Old', box: [1, 2, 3, 4] as Box };
    await put.element({ ...buy, day: '2026-11-22', facts: old }, '2026-11-22T09:00Z', clicksAt(1, 1, 2));
    await put.element(buy, '2026-11-23T09:00Z', clicksAt(1, 1, 3));
    const { json } = await ask('/v1/sites/demo/heatmap?path=/&from=2026-11-22&to=2026-11-23');
    expect(json.elements).toEqual([{ key: '#buy', ...facts, places: [], cells: [[1, 1, 5]] }]);
  });

  it('takes all device classes together when none is named, and one when it is', async () => {
    const { ask, put } = await demoApi();
    await put.element(buy, '2026-11-23T09:00Z', clicksAt(1, 1, 2));
    await put.element({ ...buy, device: 'mobile' }, '2026-11-23T09:00Z', clicksAt(1, 1, 5));
    const total = async (query: string) => (await ask(`/v1/sites/demo/heatmap?path=/${query}`)).json.total;
    expect(await total('')).toBe(7);
    expect(await total('&device=mobile')).toBe(5);
    expect(await total('&device=tablet')).toBe(0);
  });

  it('passes on why there is no picture', async () => {
    const { ask, objects } = await demoApi();
    expect((await ask('/v1/sites/demo/heatmap?path=/&device=desktop')).json.capture).toBeNull();
    const failure = { error: { code: 'timeout', message: 'the page took over 30 s' }, takenAt: 1795400000000 };
    objects.set(documentKey, JSON.stringify(failure));
    expect((await ask('/v1/sites/demo/heatmap?path=/&device=desktop')).json.capture).toEqual(failure);
  });

  it('leaves out the smallest cells beyond its bound, and says how many', () => {
    const element = { ...facts, key: '#buy' };
    const heat = new Map([['#buy', { facts: element, cells: new Map([1, 2, 3, 4].map((cell) => [cell, cell % 2])) }]]);
    heat.get('#buy')?.cells.set(9, 6);
    const { elements, leftOut } = heatElements(heat, [], 3);
    expect(elements[0]?.cells).toEqual([
      [0, 1, 1],
      [0, 3, 1],
      [0, 9, 6],
    ]);
    expect(leftOut).toEqual({ cells: 2, value: 0 });
    expect(heatElements(heat, [], 2)).toMatchObject({ leftOut: { cells: 3, value: 1 } });
  });
});

describe('/elements', () => {
  it('counts what the heatmap draws', async () => {
    const { ask, put } = await demoApi();
    await put.element(buy, '2026-11-23T09:00Z', { cl: 3, ta: 1, ra: 1, de: 3, ho: 4, hm: 3_000, he: 2 });
    await put.element(buy, '2026-11-23T10:00Z', { cl: 2 });
    await put.element(buy, '2026-11-23T12:00Z', { cl: 90 });
    await put.element(buy, 'day', { rm: 700, mo: 3 });
    await put.element(hero, '2026-11-23T10:00Z', { cl: 6 });
    const query = 'path=/&device=desktop&from=2026-11-23T09:00Z&to=2026-11-23T11:00Z';
    const { json } = await ask(`/v1/sites/demo/elements?${query}`);
    const noFields = { focuses: 0, focusMs: 0, changes: 0, abandons: 0 };
    const none = { taps: 0, rage: 0, dead: 0, hovers: 0, hoverMs: 0, hesitations: 0, moves: 0, restMs: 0, ...noFields };
    const box = facts.box;
    const more = {
      taps: 1,
      rage: 1,
      dead: 3,
      hovers: 4,
      hoverMs: 3_000,
      hesitations: 2,
      moves: 3,
      restMs: 700,
      ...noFields,
    };
    expect(json.rows).toEqual([
      { key: '.hero', label: '', box, clickable: false, clicks: 6, ...none },
      { key: '#buy', label: 'Buy', box, clickable: true, clicks: 5, ...more },
    ]);
    expect(json.complete).toBe(true);
  });

  it('says when there may be more than its rows: beyond the limit, or beyond what the page’s day counts', async () => {
    const { ask, put, ports } = await demoApi();
    const query = '/v1/sites/demo/elements?path=/&device=desktop';
    await put.element(buy, '2026-11-23T09:00Z', { cl: 3 });
    await put.element(hero, '2026-11-23T09:00Z', { cl: 1 });
    expect((await ask(`${query}&limit=1`)).json).toMatchObject({ rows: [{ key: '#buy' }], complete: false });
    const scope = elementScope(elementPartition(epoch, 'demo', today, nameId('/'), 'desktop'));
    expect((await ask(query)).json.complete).toBe(true);
    for (let place = 2; place < scope.slotCount; place++) {
      const at = [2048, 2048] as const;
      await ports.admissions.admit(scope, formatPlace(placeOf('c', `#p${place}`, at, [10, 10])), facts);
    }
    expect((await ask(query)).json.complete).toBe(false);
  });
});

describe('/scroll', () => {
  it('adds up bands and folds of the device classes asked for', async () => {
    const { ask, put } = await demoApi();
    await put.page('2026-11-22', '/', { vd: 4, fd: 4 * 250, rd0: 4, md0: 9_000, rdj: 1 });
    await put.page(today, '/', { vd: 4, fd: 4 * 350, rd0: 4, vm: 10, fm: 10 * 100, rm0: 10, rmj: 2 });
    const { json } = await ask('/v1/sites/demo/scroll?path=/&device=desktop&from=2026-11-22&to=2026-11-23');
    expect(json).toMatchObject({ views: 8, foldLine: 0.3 });
    expect(json.bands).toHaveLength(20);
    expect(json.bands[0]).toEqual({ from: 0, to: 0.05, reached: 8, msInView: 9_000 });
    expect(json.bands[19]).toEqual({ from: 0.95, to: 1, reached: 1, msInView: 0 });
    const all = (await ask('/v1/sites/demo/scroll?path=/&from=2026-11-22&to=2026-11-23')).json;
    expect(all).toMatchObject({ views: 18, foldLine: (4 * 0.25 + 4 * 0.35 + 10 * 0.1) / 18 });
    expect(all.bands[19].reached).toBe(3);
  });

  it('has no fold line without views', async () => {
    const { ask } = await demoApi();
    expect((await ask('/v1/sites/demo/scroll?path=/nowhere')).json).toMatchObject({ views: 0, foldLine: null });
  });
});
