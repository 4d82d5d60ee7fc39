import { describe, expect, it } from 'vitest';
import { nameId } from '../../../functions/contract/name-id.ts';
import { demoApi, today } from './demo-api.ts';

const address = '/v1/sites/demo/pages';

describe('/pages', () => {
  it('adds up days, takes back what was taken back, and uses the newest title', async () => {
    const { ask, put } = await demoApi();
    const one = { pv: 5, vi: 3, ei: 2, eo: 1, xi: 4, xo: 1, en: 1_000, rd3: 5 };
    await put.page('2026-11-22', '/', one, { t: 'Old', u: 'https://shop.example/?old' });
    await put.page(today, '/', one, { t: 'Home', u: 'https://shop.example/' });
    await put.page(today, '/pricing', { pv: 1, vi: 1 });
    const { json } = await ask(`${address}?from=2026-11-22&to=2026-11-23`);
    const home = { path: '/', pageId: nameId('/'), title: 'Home', url: 'https://shop.example/' };
    expect(json.rows).toEqual([
      { ...home, pageViews: 10, visitors: 6, entries: 2, exits: 6, engagedMs: 2_000 },
      {
        path: '/pricing',
        pageId: nameId('/pricing'),
        title: '',
        url: '',
        pageViews: 1,
        visitors: 1,
        entries: 0,
        exits: 0,
        engagedMs: 0,
      },
    ]);
  });

  it('sums pages beyond the limit and beyond the site’s bound under other', async () => {
    const { ask, put } = await demoApi();
    await put.page(today, '/a', { pv: 5 });
    await put.page(today, '/b', { pv: 3, ei: 2, eo: 1 });
    await put.page(today, '(other)', { pv: 100, vi: 7 });
    const { json } = await ask(`${address}?limit=1`);
    expect(json.rows).toHaveLength(1);
    expect(json.other).toEqual({ pageViews: 103, visitors: 7, entries: 1, exits: 0, engagedMs: 0 });
  });

  it('gives a title with markup back as plain JSON text that no browser takes for a page', async () => {
    const { ask, put } = await demoApi();
    const title = '</title><script>alert(document.domain)</script>';
    await put.page(today, '/', { pv: 1 }, { t: title });
    const { json, headers, isBase64Encoded } = await ask(address);
    expect(json.rows[0].title).toBe(title);
    expect(isBase64Encoded).toBe(false);
    expect(headers).toEqual({
      'content-type': 'application/json; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
  });
});
