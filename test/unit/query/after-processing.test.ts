import { describe, expect, it } from 'vitest';
import { cellOf } from '../../../functions/contract/element-grid.ts';
import { clickSteps, snapTo } from '../../../functions/contract/element-step.ts';
import { kind } from '../../../functions/contract/event.ts';
import type { StreamRecord } from '../../../functions/contract/record.ts';
import { demoApi, now } from './demo-api.ts';
import { processor } from './demo-stream.ts';

const col = cellOf(0.5);
const row = cellOf(0.25);
const counted = [snapTo(clickSteps(120), col), snapTo(clickSteps(40), row)];
const visit: StreamRecord = {
  v: 1,
  site: 'demo',
  config: 1,
  visitor: '00000000000000aa',
  load: '00000000000000a1',
  n: 0,
  receivedAt: now - 3_000,
  origin: 'https://shop.example',
  country: 'DE',
  browser: 'Firefox',
  os: 'Linux',
  language: 'de',
  pages: [
    {
      path: '/p/:id',
      rawPath: '/p/7',
      title: 'A product',
      device: 'desktop',
      viewportWidth: 1280,
      viewportHeight: 800,
      documentHeight: 3200,
      referrer: 'news.example',
      utm: ['newsletter', '', '', '', ''],
    },
  ],
  elements: [
    { page: 0, key: '#buy', label: 'Buy', box: [100, 200, 120, 40], clickable: true },
    { page: 0, key: '#results', label: '', box: [100, 300, 400, 320], clickable: false },
  ],
  events: [
    [kind.view, 2_000, 0, 0],
    [kind.reach, 1_500, 0, 0, 4],
    [kind.click, 1_000, 0, col, row, 0],
    [kind.move, 900, 0, col, row, 400, 100],
    [kind.engaged, 500, 0, 1_500],
    [kind.paneReach, 450, 1, 0, 7, 800],
    [kind.paneBands, 400, 1, [0, 700, 7, 200]],
    [kind.custom, 100, 0, 'signup', { plan: 'pro' }],
  ],
};

describe('what the processor counted', () => {
  it('is what the API answers', async () => {
    const api = await demoApi();
    const process = processor(api);
    await process(visit);
    await process({ v: 1, tick: 'demo', receivedAt: now });
    const get = async (path: string) => (await api.ask(`/v1/sites/demo/${path}`)).json;
    const page = encodeURIComponent('/p/:id');

    expect(await get('live')).toEqual({ active: 1, pages: [{ path: '/p/:id', active: 1 }], asOf: now });
    expect((await get('series')).points.at(-1)).toMatchObject({
      pageViews: 1,
      visitors: 1,
      newVisitors: 1,
      sessions: 1,
      bounces: 1,
      engagedMs: 1_500,
    });
    expect((await get('series?unit=minute')).points.at(-1)).toMatchObject({ pageViews: 1, visitors: 1 });
    expect((await get('pages')).rows).toMatchObject([
      { path: '/p/:id', title: 'A product', url: 'https://shop.example/p/7', pageViews: 1, entries: 1, exits: 1 },
    ]);
    for (const [dimension, value] of [
      ['path', '/p/:id'],
      ['country', 'DE'],
      ['browser', 'Firefox'],
      ['device', 'desktop'],
      ['language', 'de'],
      ['referrer', 'news.example'],
      ['utm_source', 'newsletter'],
    ]) {
      const { rows } = await get(`breakdown?dimension=${dimension}`);
      expect(rows, dimension).toEqual([{ value, pageViews: 1, visitors: 1 }]);
    }
    expect((await get('breakdown?dimension=event')).rows).toContainEqual({ value: 'signup', count: 1, visitors: 1 });
    const click = await get(`heatmap?path=${page}&device=desktop&layer=click`);
    // The pane is there for live totals that name it, without a click.
    expect(click.elements).toMatchObject([
      { key: '#buy', label: 'Buy', box: [100, 200, 120, 40], cells: [[...counted, 1]] },
      { key: '#results', places: [['p', 0, 0]], cells: [] },
    ]);
    expect((await get(`heatmap?path=${page}&layer=move`)).total).toBe(400);
    expect((await get(`elements?path=${page}`)).rows).toMatchObject([{ key: '#buy', clicks: 1, restMs: 400 }]);
    const scroll = await get(`scroll?path=${page}&device=desktop`);
    expect(scroll).toMatchObject({ views: 1, foldLine: 0.25 });
    expect(scroll.panes).toMatchObject([
      { key: '#results', box: [100, 300, 400, 320], viewportWidth: 1280, views: 1, foldLine: 0.4 },
    ]);
    expect(scroll.panes[0].bands[7]).toEqual({ from: 0.35, to: 0.4, reached: 1, msInView: 200 });
    expect(scroll.panes[0].bands[8]).toMatchObject({ reached: 0, msInView: 0 });
    expect(scroll.bands.map(({ reached }: { reached: number }) => reached).slice(3, 7)).toEqual([1, 1, 0, 0]);
  });

  it('is gone from live when the visitor has left, and not from the rest', async () => {
    const api = await demoApi();
    const process = processor(api);
    await process(visit);
    await process({ ...visit, n: 1, receivedAt: now, elements: [], events: [[kind.leave, 100, 0]] });
    expect((await api.ask('/v1/sites/demo/live')).json).toEqual({ active: 0, pages: [], asOf: now });
    expect((await api.ask('/v1/sites/demo/pages')).json.rows).toMatchObject([{ pageViews: 1 }]);
  });
});
