import { expect, test } from 'vitest';
import {
  type Batch,
  eventsPerBatchMax,
  kind,
  unloadBodyBytesMax,
  type WirePage,
} from '../../../functions/contract/event.ts';
import { createBatch, type OpenBatch, type SeenElement } from '../../../snippet/batch.ts';

const head = { v: 1, k: 'demo', l: '0123456789abcdef', o: 'https://shop.example', g: 'en-GB' };
const pageAt = (path: string): WirePage => [path, 'Title', '', 1280, 800, 3000, []];
const seen = (key: string): SeenElement => [key, '', 0, 0, 10, 10, 1];
const close = (batch: OpenBatch, at: number) => JSON.parse(batch.close(head, 7, at)) as Batch;

test('a batch names each page and element once, and events refer to them', () => {
  const batch = createBatch();
  const [home, shop] = [pageAt('/'), pageAt('/shop')];
  batch.add([kind.view, 0, 0, 0], 1_000, home);
  batch.add([kind.click, 0, 0, 1, 2, 0], 1_500, home, seen('#buy'));
  batch.add([kind.click, 0, 0, 3, 4, 0], 1_600, home, seen('#buy'));
  batch.add([kind.click, 0, 0, 5, 6, 0], 1_700, shop, seen('#buy'));
  expect(close(batch, 2_000)).toEqual({
    v: 1,
    k: 'demo',
    l: '0123456789abcdef',
    n: 7,
    t: 2_000,
    o: 'https://shop.example',
    g: 'en-GB',
    p: [home, shop],
    e: [
      [0, '#buy', '', 0, 0, 10, 10, 1],
      [1, '#buy', '', 0, 0, 10, 10, 1],
    ],
    x: [
      [kind.view, 1_000, 0, 0],
      [kind.click, 500, 0, 1, 2, 0],
      [kind.click, 400, 0, 3, 4, 0],
      [kind.click, 300, 1, 5, 6, 0],
    ],
  });
});

test('it takes no more events than ingest accepts', () => {
  const batch = createBatch();
  const page = pageAt('/');
  for (let n = 0; n < eventsPerBatchMax; n++) expect(batch.add([kind.view, 0, 0, 0], 1, page)).toBe(true);
  expect(batch.add([kind.view, 0, 0, 0], 1, page)).toBe(false);
});

test('whatever it took, it fits a beacon: text of any script is measured in bytes', () => {
  const batch = createBatch();
  const page = pageAt('/');
  let taken = 0;
  while (batch.add([kind.custom, 0, 0, '名前', { text: '漢字'.repeat(60) }], 1, page)) taken++;
  expect(taken).toBeGreaterThan(50);
  expect(Buffer.byteLength(batch.close(head, 0, 1))).toBeLessThan(unloadBodyBytesMax - 1_000);
});
