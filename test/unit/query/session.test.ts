import { describe, expect, it, vi } from 'vitest';
import { archiveBatch } from '../../../functions/archive/archive-batch.ts';
import { sessionKey } from '../../../functions/contract/counter.ts';
import { kind, type PulseEvent } from '../../../functions/contract/event.ts';
import type { StreamRecord } from '../../../functions/contract/record.ts';
import type { SessionAnswer, SessionRow } from '../../../functions/contract/session-answer.ts';
import { dayMs, hourMs, minuteMs } from '../../../functions/contract/time-unit.ts';
import { encodeRecord } from '../../../functions/stream/record.ts';
import { elementOf, pageOf, recordOf } from '../aggregate/given.ts';
import { type DemoApi, demoApi, epoch, now, today } from './demo-api.ts';
import { processor } from './demo-stream.ts';

const address = '/v1/sites/demo/sessions';
const visitor = '00000000000000aa';

/** A stream that is counted at once, and archived when the test says so. */
async function demoPipeline() {
  const api = await demoApi();
  const process = processor(api);
  const waiting: Awaited<ReturnType<typeof process>>[] = [];
  let numbers = 0;
  return {
    api,
    async send(receivedAt: number, events: PulseEvent[], more: Partial<StreamRecord> = {}, shard = 0) {
      const pages = [pageOf('/', { title: 'Shop' }), pageOf('/pricing', { title: 'Pricing' })];
      const elements = [elementOf('#buy', { label: 'Buy' })];
      const load = '00000000000000a1';
      const record = recordOf({ receivedAt, load, n: numbers++, pages, elements, events, ...more });
      waiting.push(await process(record, shard));
    },
    async archive(count = waiting.length) {
      for (const batch of waiting.splice(0, count)) {
        await archiveBatch({ generation: 0, ...batch }, api.ports.archive);
      }
    },
  };
}

async function only(api: DemoApi): Promise<SessionRow> {
  const { json } = await api.ask(address);
  expect(json.rows).toHaveLength(1);
  return json.rows[0];
}
async function timeline(api: DemoApi, { id }: SessionRow): Promise<SessionAnswer> {
  const { statusCode, json } = await api.ask(`${address}/${id}`);
  expect(statusCode).toBe(200);
  return json;
}

describe('/sessions/{id}', () => {
  it('tells what the visitor did, on what and where, and nothing of what was typed', async () => {
    const { api, send, archive } = await demoPipeline();
    const at = now - 10 * minuteMs;
    await send(at, [[kind.view, 0, 0, 0]]);
    await send(at + 30_000, [
      [kind.move, 29_500, 0, 9, 9, 400, 100],
      [kind.click, 29_000, 0, 2048, 1024, 0],
      [kind.click, 28_000, 0, 2048, 1024, 1],
      [kind.rage, 27_000, 0, 0, 0, 3],
      [kind.dead, 26_000, 0, 0, 0],
      [kind.hover, 25_000, 0, 0, 0, 700, 0],
      [kind.hover, 24_000, 0, 0, 0, 1_200, 1],
      [kind.reach, 23_000, 0, 0, 9],
      [kind.paneReach, 22_500, 0, 0, 3, 800],
      [kind.field, 22_000, 0, 4_000, 1],
      [kind.abandon, 21_000, 0],
      [kind.heartbeat, 20_500, 0],
      [kind.bands, 20_400, 0, [0, 700]],
      [kind.paneBands, 20_300, 0, [0, 700]],
      [kind.vitals, 20_200, 0, 1_800, 90, 0],
      [kind.engaged, 20_000, 0, 9_000],
      [kind.outbound, 19_000, 0, 'https://else.example/x'],
      [kind.download, 18_000, 0, 'https://shop.example/a.pdf'],
      [kind.custom, 17_000, 0, 'signup', { plan: 'pro' }],
      [kind.hide, 16_000, 0],
      [kind.show, 15_000, 0],
      [kind.view, 14_000, 1, 1],
      [kind.leave, 0, 1],
    ]);
    await archive();
    const row = await only(api);
    const answer = await timeline(api, row);
    const buy = (x: number | null, y: number | null) => ({ key: '#buy', label: 'Buy', x, y });
    const on = (what: string, ms: number, more = {}) => ({ at: at + ms, load: 0, page: '/', what, ...more });
    expect(answer).toEqual({
      session: row,
      events: [
        on('view', 0, { value: 'Shop' }),
        on('click', 1_000, { element: buy(0.5, 0.25) }),
        on('tap', 2_000, { element: buy(0.5, 0.25) }),
        on('rage', 3_000, { element: buy(0, 0), value: 3 }),
        on('dead', 4_000, { element: buy(0, 0) }),
        on('hover', 5_000, { element: buy(0, 0), value: 700 }),
        on('hesitation', 6_000, { element: buy(0, 0), value: 1_200 }),
        on('scroll', 7_000, { value: 50 }),
        on('scroll', 7_500, { element: buy(null, null), value: 20 }),
        on('field', 8_000, { element: buy(null, null), value: 4_000, changed: true }),
        on('abandon', 9_000, { element: buy(null, null) }),
        on('engaged', 10_000, { value: 9_000 }),
        on('outbound', 11_000, { value: 'https://else.example/x' }),
        on('download', 12_000, { value: 'https://shop.example/a.pdf' }),
        on('event', 13_000, { value: 'signup', properties: { plan: 'pro' } }),
        on('hide', 14_000),
        on('show', 15_000),
        { at: at + 16_000, load: 0, page: '/pricing', what: 'view', value: 'Pricing' },
        { at: at + 30_000, load: 0, page: '/pricing', what: 'leave' },
      ],
      replay: {
        pages: [
          { since: at, load: 0, path: '/', device: 'desktop' },
          { since: at + 16_000, load: 0, path: '/pricing', device: 'desktop' },
        ],
        elements: [
          {
            ...{ path: '/', device: 'desktop', key: '#buy', label: 'Buy', clickable: true },
            ...{ box: [0, 0, 100, 40], viewportWidth: 1280 },
          },
        ],
        rests: [[at + 500, 0, 0, 9, 9, 400]],
      },
      completeTo: now,
      truncated: false,
    });
    expect(row).toMatchObject({ pageViews: 2, clicks: 2, rage: 1, dead: 1, engagedMs: 9_000, live: false });
  });

  it('holds what the archive has, and says up to when that is', async () => {
    const { api, send, archive } = await demoPipeline();
    const at = now - 4 * minuteMs;
    await send(at, [[kind.view, 0, 0, 0]]);
    await send(at + minuteMs, [[kind.click, 0, 0, 1, 1, 0]]);
    const row = await only(api);
    expect(await timeline(api, row)).toMatchObject({ events: [], completeTo: at });
    await archive(1);
    // Somebody else's, later.
    await send(at + 30_000, [[kind.view, 0, 0, 0]], { visitor: '00000000000000bb', load: '00000000000000b1' });
    expect(await timeline(api, row)).toMatchObject({ events: [{ what: 'view' }], completeTo: at });
    await archive();
    const whole = await timeline(api, row);
    expect(whole.events.map(({ what }) => what)).toEqual(['view', 'click']);
    expect(whole.completeTo).toBe(now);
  });

  it('is of this session and this visitor alone, over tabs, midnight and shards, each batch once', async () => {
    const { api, send, archive } = await demoPipeline();
    // 23:50 in Berlin, and in UTC another date than its end.
    const at = Date.parse('2026-11-22T22:50:00Z') + hourMs;
    await send(at - hourMs, [[kind.view, 0, 1, 0]], { load: '00000000000000a0', n: 0 });
    await send(at, [[kind.view, 0, 0, 0]], { load: '00000000000000a1', n: 0 });
    await send(at + 5 * minuteMs, [[kind.view, 0, 1, 0]], { load: '00000000000000a2', n: 0 }, 1);
    await send(at + 5 * minuteMs + 9, [[kind.view, 9, 1, 0]], { load: '00000000000000a2', n: 0 }, 1);
    await send(at + 5 * minuteMs, [[kind.view, 0, 0, 0]], { visitor: '00000000000000bb', load: '00000000000000b1' }, 1);
    await send(at + 20 * minuteMs, [[kind.leave, 0, 0]], { load: '00000000000000a1', n: 1 }, 1);
    await send(at + 3 * hourMs, [[kind.view, 0, 1, 0]], { load: '00000000000000a3', n: 0 }, 1);
    await archive();
    const { json } = await api.ask(`${address}?from=2026-11-22`);
    const row = (json.rows as SessionRow[]).find((one) => one.visitor === visitor && one.start === at);
    if (!row) throw new Error('the session is not in the list');
    const { events, completeTo } = await timeline(api, row);
    expect(events.map(({ at: when, load, what }) => [when - at, load, what])).toEqual([
      [0, 0, 'view'],
      [5 * minuteMs, 1, 'view'],
      [20 * minuteMs, 0, 'leave'],
    ]);
    expect(completeTo).toBe(now);
  });

  it('reads objects of its own shards and hours alone, and no more of them than it may', async () => {
    const { api, send, archive } = await demoPipeline();
    const at = now - 3 * hourMs;
    const other = { visitor: '00000000000000bb', load: '00000000000000b1' };
    await send(at - 2 * hourMs, [[kind.view, 0, 0, 0]], other);
    await send(at, [[kind.view, 0, 0, 0]]);
    await send(at + 1, [[kind.view, 0, 0, 0]], { ...other, load: '00000000000000b2' }, 1);
    for (let index = 0; index < 100; index++) await send(at + 1_000 + index, [[kind.heartbeat, 0, 0]], other);
    await send(at + minuteMs, [[kind.leave, 0, 0]]);
    for (let index = 0; index < 9; index++) await send(at + 2 * minuteMs + index, [[kind.heartbeat, 0, 0]], other);
    await archive();
    const read: string[] = [];
    const { get } = api.ports.archive;
    api.ports.archive.get = (key) => {
      read.push(key);
      return get(key);
    };
    const { json } = await api.ask(address);
    const row = (json.rows as SessionRow[]).find((one) => one.visitor === visitor);
    if (!row) throw new Error('the session is not in the list');
    const answer = await timeline(api, row);
    expect(read).toHaveLength(96);
    expect(read.every((key) => key.includes('shardId-000000000000'))).toBe(true);
    expect(answer).toMatchObject({ events: [{ what: 'view' }], truncated: true });
    expect(answer.completeTo).toBeLessThan(row.last);
  });

  it('tells the first two thousand events, and that there are more', async () => {
    const { api, send, archive } = await demoPipeline();
    const at = now - hourMs;
    for (let batch = 0; batch < 9; batch++) {
      const clicks = Array.from({ length: 249 }, (_, index): PulseEvent => [kind.click, 249 - index, 0, 1, 1, 0]);
      await send(at + batch * 1_000, clicks);
    }
    await archive();
    const answer = await timeline(api, await only(api));
    expect([answer.events.length, answer.truncated]).toEqual([2_000, true]);
    expect(answer.session.clicks).toBe(9 * 249);
    expect(answer.events[0]?.at).toBe(answer.session.start);
  });

  it('holds what a whole school does behind one address, and stays within what may be answered', async () => {
    const api = await demoApi();
    const at = now - hourMs;
    const pages = Array.from({ length: 32 }, (_, index) => pageOf(`/${'é'.repeat(500)}${index}`));
    const elements = pages.map((_, page) => elementOf('"'.repeat(200), { page }));
    const clicks = elements.map((_, index): PulseEvent => [kind.click, 0, index, 1, 1, 0]);
    const properties = Object.fromEntries(Array.from('abcdefgh', (name) => [name, '"'.repeat(120)]));
    const many = (event: PulseEvent, count: number) => Array.from({ length: count }, () => event);
    const events = [...clicks, ...many([kind.custom, 0, 0, 'bought', properties], 210)];
    const batches = [
      // More than a call takes as arguments.
      ...many([kind.heartbeat, 0, 0], 800).map((event) => many(event, 250)),
      ...many([kind.view, 0, 0, 0], 20).map(() => events),
    ];
    const records = batches.map((events, n) => {
      const own = n < 800 ? {} : { elements, pages: pages.map(({ path }) => pageOf(`${path}-${n}`)) };
      return recordOf({ receivedAt: at + n, load: '00000000000000a1', n, events, ...own });
    });
    const sources = records.map((record) => ({ sequenceNumber: '1', data: encodeRecord(record), arrivedAt: at }));
    await archiveBatch({ generation: 0, shardId: 'shardId-000000000000', records: sources }, api.ports.archive);
    const name = { day: today, firstStart: at, visitor };
    await api.put.item(sessionKey(epoch, 'demo', name), { du: records.length - 1 }, { w: 'desktop\n\n\n\n' });
    const answer = await timeline(api, await only(api));
    expect([answer.events.length, answer.truncated, answer.completeTo]).toEqual([expect.any(Number), true, now]);
    for (const list of [answer.events, answer.replay.elements, answer.replay.pages]) {
      expect(list.length).toBeGreaterThan(100);
      expect(list.length).toBeLessThan(2_000);
    }
  });

  it('is not named in the log when it cannot be read: its id names the visitor', async () => {
    const { api, send } = await demoPipeline();
    await send(now - hourMs, [[kind.view, 0, 0, 0]]);
    const { id } = await only(api);
    const written = vi.spyOn(console, 'error').mockImplementation(() => {});
    api.ports.archive.keys = () => Promise.reject(new Error('slow down'));
    expect((await api.ask(`${address}/${id}`)).statusCode).toBe(500);
    expect(written.mock.calls.flat().join()).toContain('/v1/sites/{site}/sessions/{id}');
    expect(written.mock.calls.flat().join()).not.toContain(visitor);
    written.mockRestore();
  });

  it.each(['rubbish', '2026-11-23-0mwta2w40-00000000000000AA', '2026-11-23-0mwta2w40-00000000000000aa'])(
    'answers 404 in a sentence for %s',
    async (id) => {
      const { ask } = await demoApi();
      const { statusCode, json } = await ask(`${address}/${id}`);
      expect([statusCode, json.error.code]).toEqual([404, 'unknown-session']);
      expect(json.error.message).toContain('erased');
    },
  );

  it('does not answer one that has expired and is still there', async () => {
    const api = await demoApi();
    const old = now - 90 * dayMs;
    const name = { day: '2026-08-25', firstStart: old, visitor };
    await api.put.item(sessionKey(epoch, 'demo', name), { pv: 1 }, { w: 'desktop\n\n\n\n' });
    const id = `2026-08-25-${old.toString(36).padStart(9, '0')}-${visitor}`;
    expect((await api.ask(`${address}/${id}`)).statusCode).toBe(404);
    expect((await api.ask(`${address}/${id}`, { at: now - 1 })).statusCode).toBe(200);
  });
});
