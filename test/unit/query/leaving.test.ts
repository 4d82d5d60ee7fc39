import { describe, expect, it } from 'vitest';
import { demoApi, today } from './demo-api.ts';

const address = '/v1/sites/demo/leaving';
const none = { views: 0, left: 0 };
const noneMet = { rage: none, dead: none, hesitation: none, engaged: none, read: none };

describe('/leaving', () => {
  it('tells of each page how many views were the last, of all and of those that met something', async () => {
    const { ask, put } = await demoApi();
    const one = { pv: 20, xi: 12, xo: 4, Ri: 5, Ro: 2, Ei: 9, Eo: 7 };
    await put.page('2026-11-22', '/', one, { t: 'Old' });
    await put.page(today, '/', { ...one, Di: 1 }, { t: 'Home' });
    await put.page(today, '/pricing', { pv: 50, xi: 9, Hi: 4, Ho: 4, Li: 3 });
    const { json } = await ask(`${address}?from=2026-11-22&to=${today}`);
    const home = {
      ...noneMet,
      rage: { views: 10, left: 6 },
      dead: { views: 1, left: 1 },
      engaged: { views: 18, left: 4 },
    };
    expect(json.rows).toEqual([
      {
        ...{ path: '/pricing', title: '', views: 50, left: 9 },
        met: { ...noneMet, hesitation: { views: 4, left: 0 }, read: { views: 3, left: 3 } },
      },
      { path: '/', title: 'Home', views: 40, left: 16, met: home },
    ]);
    expect(json.site).toMatchObject({ views: 90, left: 25, met: { rage: { views: 10, left: 6 } } });
  });

  it('begins with the first day on which it was counted', async () => {
    const { ask, put } = await demoApi();
    await put.page('2026-11-20', '/', { pv: 900, xi: 300 });
    await put.page('2026-11-22', '/', { pv: 10, xi: 3, Ri: 2 });
    await put.page(today, '/', { pv: 5, xi: 1 });
    const { json } = await ask(`${address}?from=2026-11-19&to=${today}`);
    expect(json.from).toBe(Date.parse('2026-11-22T00:00+01:00'));
    expect(json.site).toMatchObject({ views: 15, left: 4 });
    const before = (await ask(`${address}?from=2026-11-19&to=2026-11-20`)).json;
    expect(before.site).toEqual({ views: 900, left: 300, met: noneMet });
  });

  it('sums what is in no row, which is part of the site', async () => {
    const { ask, put } = await demoApi();
    await put.page(today, '/a', { pv: 5, xi: 1, Ri: 1 });
    await put.page(today, '/b', { pv: 3, xi: 2, Ri: 2 });
    await put.page(today, '(other)', { pv: 100, xi: 7 });
    const { json } = await ask(`${address}?limit=1`);
    expect(json.rows).toHaveLength(1);
    expect(json.other).toMatchObject({ views: 103, left: 9, met: { rage: { views: 2, left: 2 } } });
    expect(json.site).toMatchObject({ views: 108, left: 10, met: { rage: { views: 3, left: 3 } } });
  });
});
