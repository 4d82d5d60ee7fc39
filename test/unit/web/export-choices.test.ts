import { expect, it } from 'vitest';
import { fileOf } from '../../../web/live/file-answer.ts';
import { mapExports, trafficExports } from '../../../web/view/export-choices.ts';
import { layerNames } from '../../../web/view/layer.ts';
import { demoApi } from '../query/demo-api.ts';

const choices = [
  ...trafficExports('today'),
  ...trafficExports('30d'),
  ...layerNames.flatMap((layer) => mapExports({ path: '/', device: 'mobile', layer })),
];

it('offers nothing that the API does not export', async () => {
  const { ask } = await demoApi();
  for (const { query } of choices) {
    const { statusCode, body } = await ask(`/v1/sites/demo/export?${new URLSearchParams(query)}`);
    expect([statusCode, body.split('\r\n')[0]], JSON.stringify(query)).toEqual([
      200,
      expect.stringMatching(/^\w+(,\w+)+$/),
    ]);
  }
});

it('offers the cells of a layer where it is made of cells', () => {
  const layersOf = (layer: (typeof layerNames)[number]) =>
    mapExports({ path: '/', device: 'mobile', layer }).flatMap(({ query }) => query.layer ?? []);
  expect(layersOf('tap')).toEqual(['click']);
  expect(layersOf('move')).toEqual(['move']);
  expect(layersOf('reach')).toEqual([]);
});

it.each([
  [`attachment; filename="shop-pages.csv"`, 'shop-pages.csv'],
  [`attachment; filename="f_r.ndjson"; filename*=UTF-8''f%C3%BCr.ndjson`, 'für.ndjson'],
  ['attachment', 'export'],
])('saves under the name that %s gives', async (disposition, name) => {
  const answer = new Response('a', { headers: { 'content-disposition': disposition } });
  expect((await fileOf(answer)).name).toBe(name);
});

it('marks CSV as UTF-8 for spreadsheets, and nothing else', async () => {
  const saved = async (name: string) => {
    const headers = { 'content-disposition': `attachment; filename="${name}"`, 'content-type': 'text/csv' };
    const { content } = await fileOf(new Response('ü', { headers }));
    return [content.type, Buffer.from(await content.arrayBuffer()).toString('hex')];
  };
  expect(await saved('a.csv')).toEqual(['text/csv', 'efbbbfc3bc']);
  expect(await saved('a.json')).toEqual(['text/csv', 'c3bc']);
});
