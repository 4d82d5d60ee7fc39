import { describe, expect, it } from 'vitest';
import { smallName } from '../../../functions/contract/counter.ts';
import { demoApi, today } from './demo-api.ts';

const address = '/v1/sites/demo/breakdown';

describe('/breakdown', () => {
  it('of a small dimension adds up the hours of the range, and no other', async () => {
    const { ask, put } = await demoApi();
    const country = (code: string, views: number, visitors: number) => ({
      [smallName('country', code, 'p')]: views,
      [smallName('country', code, 'v')]: visitors,
    });
    await put.hour(today, '2026-11-23T08:00Z', { pv: 99, ...country('DE', 50, 50) });
    await put.hour(today, '2026-11-23T09:00Z', { ...country('DE', 5, 2), [smallName('browser', 'DE', 'p')]: 1 });
    await put.hour(today, '2026-11-23T10:00Z', { ...country('DE', 4, 0), ...country('FR', 12, 9) });
    const { json } = await ask(`${address}?dimension=country&from=2026-11-23T09:00Z&to=2026-11-23T11:00Z`);
    expect(json).toEqual({
      dimension: 'country',
      from: Date.parse('2026-11-23T09:00Z'),
      to: Date.parse('2026-11-23T11:00Z'),
      zone: 'Europe/Berlin',
      rows: [
        { value: 'FR', pageViews: 12, visitors: 9 },
        { value: 'DE', pageViews: 9, visitors: 2 },
      ],
      other: { pageViews: 0, visitors: 0 },
    });
  });

  it('of an open dimension takes its own values only, over days', async () => {
    const { ask, put } = await demoApi();
    await put.value('2026-11-22', 'utm_source', 'newsletter', { pv: 3, vi: 2 });
    await put.value(today, 'utm_source', 'newsletter', { pv: 4, vi: 3 });
    await put.value(today, 'utm_source', 'ads', { pv: 7, vi: 1 });
    await put.value(today, 'utm_medium', 'email', { pv: 9, vi: 9 });
    await put.value(today, 'referrer', 'news.example', { pv: 1, vi: 1 });
    const { json } = await ask(`${address}?dimension=utm_source&from=2026-11-22&to=2026-11-23`);
    expect(json.rows).toEqual([
      { value: 'ads', pageViews: 7, visitors: 1 },
      { value: 'newsletter', pageViews: 7, visitors: 5 },
    ]);
  });

  it('of what happens has a count', async () => {
    const { ask, put } = await demoApi();
    await put.value(today, 'event', 'signup', { n: 6, vi: 5 });
    await put.value(today, 'event', 'signup · plan=pro', { n: 2, vi: 2 });
    const { json } = await ask(`${address}?dimension=event`);
    expect(json.rows).toEqual([
      { value: 'signup', count: 6, visitors: 5 },
      { value: 'signup · plan=pro', count: 2, visitors: 2 },
    ]);
  });

  it('cut at a limit still adds up to everything, with what has no name of its own', async () => {
    const { ask, put } = await demoApi();
    for (const [index, path] of ['/a', '/b', '/c', '(other)'].entries()) {
      await put.page(today, path, { pv: 10 - index, vi: 1 });
    }
    const { json } = await ask(`${address}?dimension=path&limit=2`);
    expect(json.rows.map(({ value }: { value: string }) => value)).toEqual(['/a', '/b']);
    expect(json.other).toEqual({ pageViews: 8 + 7, visitors: 2 });
  });
});
