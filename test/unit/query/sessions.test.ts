import { describe, expect, it } from 'vitest';
import { sessionKey } from '../../../functions/contract/counter.ts';
import type { SessionRow, SessionsAnswer } from '../../../functions/contract/session-answer.ts';
import { dayMs, hourMs, localDay, minuteMs } from '../../../functions/contract/time-unit.ts';
import { type DemoApi, demoApi, epoch, now, today, zone } from './demo-api.ts';

const address = '/v1/sites/demo/sessions';

interface Given {
  at: number;
  visitor?: number;
  counters?: Record<string, number>;
  texts?: Record<string, string>;
}
const visitorOf = (number: number) => number.toString(16).padStart(16, '0');

async function give({ put }: DemoApi, { at, visitor = 0, counters = {}, texts = {} }: Given): Promise<void> {
  const key = sessionKey(epoch, 'demo', { day: localDay(at, zone), firstStart: at, visitor: visitorOf(visitor) });
  const known = { w: 'desktop\nDE\nFirefox\nLinux\nde', e: ' /', x: '/' };
  await put.item(key, { pv: 1, ...counters }, { ...known, ...texts });
}

async function pages(api: DemoApi, query: string): Promise<SessionRow[][]> {
  const found: SessionRow[][] = [];
  let next: string | null = null;
  do {
    const cursor: string = next === null ? '' : `&cursor=${next}`;
    const { json } = await api.ask(`${address}?${query}${cursor}`);
    const answer = json as SessionsAnswer;
    found.push(answer.rows);
    next = answer.next;
    if (found.length > 500) throw new Error('the cursor never ends');
  } while (next !== null);
  return found;
}

describe('/sessions', () => {
  it('tells of each session what its item holds', async () => {
    const api = await demoApi();
    const counters = { ea: 5_000, du: 65_000, pv: 3, cl: 7, ra: 1, de: 2, en: 40_000, si: 2, so: 1 };
    const texts = { w: 'mobile\nAT\nSafari\niOS\nde', e: 'news.example /a b', x: '/pricing', f: 'DE' };
    await give(api, { at: now - 70_000, visitor: 10, counters, texts });
    const { json } = await api.ask(address);
    expect(json).toMatchObject({ from: Date.parse('2026-11-22T23:00Z'), zone, next: null });
    expect(json.rows).toEqual([
      {
        id: expect.stringMatching(/^2026-11-23-[0-9a-z]{9}-000000000000000a$/),
        day: today,
        visitor: '000000000000000a',
        start: now - 75_000,
        last: now - 10_000,
        durationMs: 65_000,
        pageViews: 3,
        clicks: 7,
        rage: 1,
        dead: 2,
        engagedMs: 40_000,
        entry: '/a b',
        exit: '/pricing',
        signals: ['dead', 'engaged'],
        device: 'mobile',
        country: 'AT',
        browser: 'Safari',
        os: 'iOS',
        language: 'de',
        referrer: 'news.example',
        live: true,
      },
    ]);
  });

  it('calls live what is visible and has given a sign of life just now', async () => {
    const api = await demoApi();
    await api.ports.progress.set(epoch, 'demo', now);
    await give(api, { at: now - 120_000, visitor: 1, counters: { du: 115_000, si: 1 } });
    await give(api, { at: now - 120_000, visitor: 2, counters: { du: 115_000, si: 1, so: 1 } });
    await give(api, { at: now - 120_000, visitor: 3, counters: { du: 60_000, si: 1 } });
    const { json } = await api.ask(address);
    const live = (json.rows as SessionRow[]).filter((row) => row.live).map(({ visitor }) => visitor);
    expect(live).toEqual([visitorOf(1)]);
  });

  it('calls live what was so at the newest instant processed, and looks for it only where that makes a difference', async () => {
    const api = await demoApi();
    const liveAt = async (at: number) => {
      const { json } = await api.ask(address, { at });
      const list = (json.rows as SessionRow[]).map(({ live }) => live);
      const one = (await api.ask(`${address}/${json.rows[0].id}`, { at })).json.session.live;
      expect(list).toEqual([one]);
      return one;
    };
    await give(api, { at: now - 60_000, visitor: 1, counters: { du: 60_000, si: 1 } });
    await api.put.live(now, '/', {}, now);
    expect(await liveAt(now + 30_000)).toBe(true);
    expect(api.ticks).toEqual([]);
    // The stream stands still, and says nothing when it is asked.
    expect(await liveAt(now + 3_600_000)).toBe(true);
    expect(api.ticks).not.toEqual([]);
    api.ports.stream.tick = async ({ receivedAt }) => {
      await api.ports.progress.set(epoch, 'demo', receivedAt);
    };
    expect(await liveAt(now + 3_700_000)).toBe(false);
    api.ports.stream.tick = async () => {
      throw new Error('nobody has to be asked');
    };
    expect(await liveAt(now + 3_800_000)).toBe(false);
  });

  it('answers a session without a page view, which has no entry and no exit', async () => {
    const api = await demoApi();
    const key = sessionKey(epoch, 'demo', { day: today, firstStart: now - 1_000, visitor: visitorOf(1) });
    await api.put.item(key, { du: 5 }, { w: 'desktop\n\n\n\n' });
    const { json } = await api.ask(address);
    expect(json.rows[0]).toMatchObject({ pageViews: 0, entry: null, exit: null, country: '', referrer: '' });
  });

  it.each([1, 3, 7, 50, 200])(
    'goes page by page through all of them, each once and newest first (%i)',
    async (limit) => {
      const api = await demoApi();
      const starts: number[] = [];
      // Three days in Berlin, some at the same moment, some days empty.
      for (let index = 0; index < 150; index++) {
        const at = now - 6 * hourMs - Math.floor(index / 3) * 100 * minuteMs - (index % 2);
        starts.push(at);
        await give(api, { at, visitor: index * 7 });
      }
      const found = await pages(api, `from=2026-11-18&limit=${limit}`);
      const rows = found.flat();
      expect(rows.map(({ start }) => start)).toEqual([...starts].sort((one, other) => other - one));
      expect(new Set(rows.map(({ id }) => id)).size).toBe(150);
      for (const page of found.slice(0, -1)) expect(page.length).toBe(limit);
    },
  );

  it('reads a bounded number for one answer, and goes on from there', async () => {
    const api = await demoApi();
    for (let index = 0; index < 5_000; index++) {
      await give(api, { at: now - 1_000 - index, visitor: index, counters: index === 4_990 ? { ra: 1 } : {} });
    }
    let read = 0;
    const { lastOf } = api.ports.counters;
    api.ports.counters.lastOf = async (...range) => {
      const items = await lastOf(...range);
      read += items.length;
      return items;
    };
    const { json } = await api.ask(`${address}?frustrated=true`);
    expect(json.rows).toEqual([]);
    expect(json.next).not.toBeNull();
    expect(read).toBeLessThan(2_500);
    const found = (await pages(api, 'frustrated=true')).flat();
    expect(found.map(({ start }) => start)).toEqual([now - 1_000 - 4_990]);
  });

  it('does not read every day of an empty quarter at once', async () => {
    const api = await demoApi();
    await give(api, { at: now - 80 * dayMs });
    let reads = 0;
    const { lastOf } = api.ports.counters;
    api.ports.counters.lastOf = (...range) => {
      reads += 1;
      return lastOf(...range);
    };
    const { json } = await api.ask(`${address}?from=2026-08-30`);
    expect([json.rows.length, reads]).toEqual([0, 40 * 8]);
    expect((await pages(api, 'from=2026-08-30')).flat()).toHaveLength(1);
  });

  it('keeps to the range, by the moment at which a session began', async () => {
    const api = await demoApi();
    const noon = Date.parse('2026-11-22T12:00:00Z');
    for (const at of [noon - 1, noon, noon + hourMs - 1, noon + hourMs]) await give(api, { at, visitor: at % 1000 });
    const { json } = await api.ask(`${address}?from=2026-11-22T12:00Z&to=2026-11-22T13:00Z`);
    expect((json.rows as SessionRow[]).map(({ start }) => start)).toEqual([noon + hourMs - 1, noon]);
  });

  it('keeps to the range, whatever range a cursor came from', async () => {
    const api = await demoApi();
    const noon = Date.parse('2026-11-22T12:00:00Z');
    for (const at of [noon, noon + 1, noon + hourMs, noon + hourMs + 1]) await give(api, { at, visitor: at % 1000 });
    const later = await api.ask(`${address}?from=2026-11-22&to=2026-11-22&limit=1`);
    const { json } = await api.ask(`${address}?from=2026-11-22T12:00Z&to=2026-11-22T13:00Z&cursor=${later.json.next}`);
    expect((json.rows as SessionRow[]).map(({ start }) => start)).toEqual([noon + 1, noon]);
  });

  it('filters by device, country, page, frustration and page views', async () => {
    const api = await demoApi();
    await give(api, { at: now - 1, visitor: 1, texts: { w: 'mobile\nFR\n\n\n' } });
    await give(api, { at: now - 2, visitor: 2, counters: { pv: 4 }, texts: { e: ' /in', x: '/out' } });
    await give(api, { at: now - 3, visitor: 3, counters: { de: 1 } });
    await give(api, { at: now - 4, visitor: 4, texts: { x: `/${'a'.repeat(199)}` } });
    await give(api, { at: now - 5, visitor: 5, texts: { e: ` /${'b'.repeat(198)}`, w: 'tablet\n\n\n\n' } });
    const visitors = async (query: string) => {
      const rows = (await pages(api, query)).flat();
      return rows.map(({ visitor }) => Number.parseInt(visitor, 16));
    };
    expect(await visitors('device=mobile')).toEqual([1]);
    expect(await visitors('country=fr')).toEqual([1]);
    expect(await visitors('path=/in')).toEqual([2]);
    expect(await visitors('path=/out')).toEqual([2]);
    expect(await visitors(`path=/${'a'.repeat(300)}`)).toEqual([4]);
    // Cut in the middle of a character.
    expect(await visitors(`path=/${'b'.repeat(198)}${encodeURIComponent('😀')}`)).toEqual([5]);
    expect(await visitors('frustrated=true')).toEqual([3]);
    expect(await visitors('minPages=2')).toEqual([2]);
    expect(await visitors('device=desktop&country=DE&path=/')).toEqual([3, 4]);
    expect(await visitors('frustrated=false')).toEqual([1, 2, 3, 4, 5]);
  });

  it.each([
    ['limit=0', 'bad-limit'],
    ['limit=201', 'bad-limit'],
    ['cursor=rubbish', 'bad-cursor'],
    [`cursor=${Buffer.from('2026-11-23 x').toString('base64url')}`, 'bad-cursor'],
    [`cursor=${'a'.repeat(99)}`, 'bad-cursor'],
    ['device=watch', 'bad-device'],
    ['country=DEU', 'bad-country'],
    ['frustrated=yes', 'bad-frustrated'],
    ['minPages=-1', 'bad-minPages'],
    ['from=2026-01-01', 'range-too-long'],
  ])('refuses %s in a sentence', async (query, code) => {
    const { ask } = await demoApi();
    const { statusCode, json } = await ask(`${address}?${query}`);
    expect([statusCode, json.error.code]).toEqual([400, code]);
    expect(json.error.message.length).toBeGreaterThan(20);
  });
});
