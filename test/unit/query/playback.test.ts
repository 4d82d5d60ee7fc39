import { describe, expect, it } from 'vitest';
import type { PlaybackAnswer } from '../../../functions/contract/answer.ts';
import { cellName } from '../../../functions/contract/counter.ts';
import type { Device } from '../../../functions/contract/record.ts';
import { playbackOf } from '../../../functions/query/playback-frames.ts';
import { demoApi, today } from './demo-api.ts';

const facts = {
  label: 'Buy',
  box: [10, 20, 100, 40] as [number, number, number, number],
  viewportWidth: 1280,
  clickable: true,
};
const buy = { day: today, path: '/', device: 'desktop' as Device, key: '#buy', facts };
const menu = { ...buy, key: '#menu', facts: { ...facts, label: 'Menu' } };
const clicksAt = (col: number, count: number) => ({ cl: count, [cellName('click', col, 7)]: count });
const address = '/v1/sites/demo/playback?path=/';
const totals = ({ frames }: PlaybackAnswer) => frames.map(({ total }) => total);

describe('/playback', () => {
  it('gives each hour of the range its own cells, empty hours too', async () => {
    const { ask, put } = await demoApi();
    await put.element(buy, '2026-11-23T09:00Z', clicksAt(5, 3));
    await put.element(buy, '2026-11-23T11:00Z', clicksAt(5, 1));
    await put.element(menu, '2026-11-23T11:00Z', clicksAt(9, 4));
    await put.element(menu, '2026-11-23T12:00Z', clicksAt(9, 90));
    const { json } = await ask(`${address}&device=desktop&from=2026-11-23T09:00Z&to=2026-11-23T12:00Z`);
    expect(json).toMatchObject({ by: 'hour', layer: 'click', unit: 'count', max: 4, total: 8 });
    expect(json.elements).toEqual([
      { key: '#buy', ...facts },
      { key: '#menu', ...menu.facts },
    ]);
    const hour = (at: string) => ({ from: Date.parse(at), to: Date.parse(at) + 3_600_000 });
    expect(json.frames).toEqual([
      { ...hour('2026-11-23T09:00Z'), total: 3, cells: [[0, 5, 7, 3]] },
      { ...hour('2026-11-23T10:00Z'), total: 0, cells: [] },
      {
        ...hour('2026-11-23T11:00Z'),
        total: 5,
        cells: [
          [0, 5, 7, 1],
          [1, 9, 7, 4],
        ],
      },
    ]);
  });

  it('shows clicks that drift over a day from one element to another', async () => {
    const { ask, put } = await demoApi();
    const hours = Array.from({ length: 12 }, (_, hour) => Date.parse('2026-11-23T00:00Z') + hour * 3_600_000);
    for (const [index, at] of hours.entries()) {
      if (index < 11) await put.element(buy, new Date(at).toISOString(), clicksAt(5, 11 - index));
      if (index > 0) await put.element(menu, new Date(at).toISOString(), clicksAt(9, index));
    }
    const json: PlaybackAnswer = (await ask(`${address}&from=2026-11-23T00:00Z&to=2026-11-23T12:00Z`)).json;
    const of = (element: number) =>
      json.frames.map(({ cells }) => cells.find(([index]) => index === element)?.[3] ?? 0);
    expect(of(0)).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
    expect(of(1)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  it('adds up device classes, and says the same as the heatmap of the range', async () => {
    const { ask, put } = await demoApi();
    await put.element({ ...buy, day: '2026-11-22' }, '2026-11-22T09:00Z', clicksAt(5, 2));
    await put.element(buy, '2026-11-23T09:00Z', clicksAt(5, 3));
    await put.element({ ...buy, device: 'mobile' }, '2026-11-23T09:00Z', clicksAt(5, 4));
    const range = 'from=2026-11-22&to=2026-11-23';
    const all: PlaybackAnswer = (await ask(`${address}&${range}`)).json;
    expect(totals(all).filter((total) => total > 0)).toEqual([2, 7]);
    expect(all.total).toBe((await ask(`/v1/sites/demo/heatmap?path=/&${range}`)).json.total);
    expect((await ask(`${address}&${range}&device=mobile`)).json.total).toBe(4);
  });

  it('goes day by day where the layer is not one of clicks', async () => {
    const { ask, put } = await demoApi();
    await put.element({ ...buy, day: '2026-11-22' }, 'day', { [cellName('move', 8, 8)]: 500 });
    await put.element(buy, 'day', { [cellName('move', 8, 8)]: 1_500 });
    await put.element(buy, '2026-11-23T09:00Z', { [cellName('hover', 8, 8)]: 60 });
    await put.element(buy, '2026-11-23T10:00Z', { [cellName('hover', 8, 8)]: 40 });
    const of = async (layer: string): Promise<PlaybackAnswer> =>
      (await ask(`${address}&layer=${layer}&from=2026-11-21&to=2026-11-23`)).json;
    const moves = await of('move');
    expect([moves.by, moves.unit, totals(moves)]).toEqual(['day', 'ms', [0, 500, 1_500]]);
    expect(moves.frames.map(({ from }) => new Date(from).toISOString().slice(0, 13))).toEqual([
      '2026-11-20T23',
      '2026-11-21T23',
      '2026-11-22T23',
    ]);
    expect(totals(await of('hover'))).toEqual([0, 0, 100]);
  });

  it('has an hour more where the clocks go back, and refuses more than a week of hours or a month of days', async () => {
    const { ask } = await demoApi();
    const hours = (await ask(`${address}&from=2026-10-25&to=2026-10-25`)).json.frames;
    expect(hours).toHaveLength(25);
    expect((await ask(`${address}&from=2026-10-19&to=2026-10-25`)).json.frames).toHaveLength(169);
    const long = await ask(`${address}&from=2026-11-01&to=2026-11-08`);
    expect([long.statusCode, long.json.error.code]).toEqual([400, 'range-too-long']);
    expect((await ask(`${address}&layer=move&from=2026-10-20&to=2026-11-19`)).json.frames).toHaveLength(31);
    expect((await ask(`${address}&layer=move&from=2026-10-20&to=2026-11-20`)).statusCode).toBe(400);
  });

  it('leaves out the least beyond its bounds, and says how much', () => {
    const heat = (values: Record<string, number>) =>
      new Map(
        Object.entries(values).map(([key, value]) => [
          key,
          { facts: { ...facts, key }, cells: new Map([[4096, value]]) },
        ]),
      );
    const frames = [
      { from: 0, to: 1, heat: heat({ a: 1, b: 5, c: 1 }) },
      { from: 1, to: 2, heat: heat({ a: 1, b: 2 }) },
    ];
    const { elements, frames: shown, leftOut, total, max } = playbackOf(frames, { cellsMax: 3, elementsMax: 2 });
    expect(elements.map(({ key }) => key)).toEqual(['a', 'b']);
    expect(shown.map(({ cells }) => cells)).toEqual([
      [
        [0, 1, 0, 1],
        [1, 1, 0, 5],
      ],
      [[1, 1, 0, 2]],
    ]);
    expect([leftOut, total, max]).toEqual([{ cells: 2, value: 2 }, 10, 5]);
  });
});
