import { expect, it } from 'vitest';
import {
  goalExports,
  mapExports,
  pathExports,
  sessionExports,
  trafficExports,
} from '../../../web/view/export-choices.ts';
import { layerNames } from '../../../web/view/layer.ts';
import { demoApi } from '../query/demo-api.ts';

const choices = [
  ...goalExports,
  ...pathExports('/'),
  ...sessionExports({ range: '7d', device: 'mobile', country: 'DE', path: '/', isFrustrated: true, minPages: 2 }),
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
  expect(mapExports({ path: '/', device: 'mobile', layer: 'tap' }).map(({ label }) => label)).toEqual([
    'Elements',
    'Cells of clicks',
    'Scroll depth',
  ]);
  expect(layersOf('move')).toEqual(['move']);
  expect(layersOf('reach')).toEqual([]);
});
