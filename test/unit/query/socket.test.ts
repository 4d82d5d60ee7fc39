import { describe, expect, it } from 'vitest';
import type { Holder } from '../../../functions/contract/account.ts';
import { livePartition } from '../../../functions/contract/counter.ts';
import type { ServerMessage, SnapshotMessage } from '../../../functions/contract/live.ts';
import { nameId } from '../../../functions/contract/name-id.ts';
import { minuteOf } from '../../../functions/contract/time-unit.ts';
import type { Ticket } from '../../../functions/push/connection-store.ts';
import { memorySocket } from '../../../functions/push/socket.memory.ts';
import { closeSocket, hear, openSocket, watchersTurnoverMs } from '../../../functions/query/socket.ts';
import { memoryRenewals, type SocketPorts } from '../../../functions/query/socket-ports.ts';
import { tickLimit } from '../../../functions/query/tick-limit.ts';
import { hashSecret, idOfHash } from '../../../functions/sites/secret.ts';
import { apiKey, demoApi, epoch, now, today } from './demo-api.ts';

const id = 'connection-1';
const by: Holder = { kind: 'key', id: idOfHash(hashSecret(apiKey)) };
const opens: Ticket = { site: 'demo', until: null, by, ofOverlay: false };

async function door() {
  const api = await demoApi();
  const socket = memorySocket();
  const slept: number[] = [];
  /** What happens while the door waits for the processor to learn of a new watch. */
  const meanwhile: (() => Promise<unknown>)[] = [];
  const ports: SocketPorts = {
    ...api.ports,
    socket,
    ticks: tickLimit(4_000),
    renewals: memoryRenewals(),
    sleep: async (ms) => {
      slept.push(ms);
      for (const happens of meanwhile) await happens();
    },
  };
  const said = () => (socket.sent.get(id) ?? []).map((message) => JSON.parse(message) as ServerMessage);
  return {
    ...api,
    ports,
    socket,
    slept,
    meanwhile,
    said,
    snapshots: () => said().filter((message): message is SnapshotMessage => message.type === 'snapshot'),
    open: async () => openSocket(id, await ports.connections.issueTicket(opens, now), now, ports),
    say: (message: unknown, at = now) =>
      hear(id, typeof message === 'string' ? message : JSON.stringify(message), at, ports),
  };
}

describe('opening', () => {
  it('takes a ticket once', async () => {
    const { ports } = await door();
    const ticket = await ports.connections.issueTicket(opens, now);
    expect(await openSocket(id, ticket, now + 1_000, ports)).toBe(200);
    expect(await ports.connections.find(id)).toMatchObject({ site: 'demo', topics: [] });
    expect(await openSocket('connection-2', ticket, now + 1_000, ports)).toBe(403);
    expect(await ports.connections.find('connection-2')).toBeNull();
  });

  it.each([
    [undefined, 401],
    ['', 401],
    ['made-up', 403],
  ])('with ticket %s answers %s', async (ticket, status) => {
    const { ports } = await door();
    expect(await openSocket(id, ticket, now, ports)).toBe(status);
  });

  it('refuses a ticket after 60 s', async () => {
    const { ports } = await door();
    const ticket = await ports.connections.issueTicket(opens, now);
    expect(await openSocket(id, ticket, now + 60_001, ports)).toBe(403);
  });
});

describe('a watch', () => {
  it('is stored before its snapshot is read, and makes the site watched', async () => {
    const { ports, open, say, snapshots } = await door();
    await open();
    expect((await ports.connections.watchOf('demo', now)).watched).toBe(false);
    const partition = ports.counters.partition.bind(ports.counters);
    const watchedWhenRead: boolean[] = [];
    ports.counters.partition = async (...args) => {
      watchedWhenRead.push((await ports.connections.watchOf('demo', now)).watched);
      return partition(...args);
    };
    await say({ op: 'watch', view: 'live' });
    expect(watchedWhenRead.length).toBeGreaterThan(0);
    expect(watchedWhenRead).not.toContain(false);
    expect(snapshots().map(({ id: number, part, parts }) => [number, part, parts])).toEqual([
      [1, 0, 1],
      [2, 0, 1],
    ]);
  });

  it('is answered again when the processor must have learnt of it, with what was counted in between', async () => {
    const { put, open, say, slept, meanwhile, snapshots, ticks } = await door();
    await open();
    meanwhile.push(() => put.hour(today, '2026-11-23T13:00Z', { pv: 7 }));
    await say({ op: 'watch', view: 'live' });
    expect(slept).toEqual([watchersTurnoverMs]);
    expect(ticks).toEqual([now + watchersTurnoverMs]);
    const views = snapshots().map(({ items }) => items.map(([, , counters]) => counters.pv));
    expect(views).toEqual([[], [7]]);
  });

  it('of live gets presence whole, an hour of minutes, and today’s figures', async () => {
    const { put, open, say, snapshots, ports } = await door();
    await open();
    await ports.progress.set(epoch, 'demo', now);
    await put.live(now - 2_000, '/', { pv: 1, vi: 1, A4: 2 }, now - 2_000);
    await put.live(now - 30 * 60_000, '/', { pv: 3, vi: 2, A4: 9 }, now - 30 * 60_000);
    await put.live(now - 40 * 60_000, '/', { A4: 9 }, now - 40 * 60_000);
    await put.live(now - 61 * 60_000, '/', { pv: 3, vi: 2 }, now - 61 * 60_000);
    await put.hour(today, '2026-11-23T09:00Z', { pv: 10, 'c:DE:p': 4 });
    await put.hour('2026-11-22', '2026-11-22T09:00Z', { pv: 99 });
    await put.page(today, '/', { pv: 4, rd0: 3, md0: 5, vd: 4 }, { t: 'Home' });
    await put.value(today, 'referrer', 'news.example', { pv: 2, vi: 1 });
    await say({ op: 'watch', view: 'live' });
    const [first] = snapshots();
    expect(first).toMatchObject({ epoch, asOf: now });
    const byKey = new Map(first?.items.map(([pk, sk, counters, texts]) => [`${pk} ${sk}`, { counters, texts }]));
    const at = (ago: number) => livePartition(epoch, 'demo', minuteOf(now - ago));
    const found = [...byKey.entries()].map(([key, { counters }]) => [key.split(' ')[0], counters]);
    expect(new Map(found as [string, unknown][])).toEqual(
      new Map<string, unknown>([
        [at(2_000), { pv: 1, vi: 1, A4: 2 }],
        [at(30 * 60_000), { pv: 3, vi: 2 }],
        [`1|demo|hour|${today}`, { pv: 10, 'c:DE:p': 4 }],
        [`1|demo|page|${today}`, { pv: 4 }],
        [`1|demo|value|${today}`, { pv: 2, vi: 1 }],
      ]),
    );
    expect(byKey.get(`1|demo|page|${today} ${nameId('/')}`)?.texts).toEqual({ p: '/', t: 'Home' });
  });

  it('of a heatmap gets today’s elements of the page, and its topics', async () => {
    const { put, open, say, snapshots, ports } = await door();
    await open();
    const facts = {
      label: '',
      box: [0, 0, 10, 10] as [number, number, number, number],
      viewportWidth: 1280,
      clickable: true,
    };
    const where = { day: today, path: '/', device: 'desktop' as const, key: '#buy', facts };
    await put.element(where, '2026-11-23T09:00Z', { cl: 3, Cz0z0: 3 });
    await put.element({ ...where, device: 'mobile' }, '2026-11-23T09:00Z', { cl: 50 });
    await put.element({ ...where, path: '/else' }, '2026-11-23T09:00Z', { cl: 50 });
    await say({ op: 'watch', view: 'heatmap', path: '/', device: 'desktop' });
    expect(snapshots()[0]?.items.map(([, , counters]) => counters)).toEqual([{ '0cl': 3, '0Cz0z0': 3 }]);
    const topics = [`demo|element|${today}|${nameId('/')}|desktop`];
    expect((await ports.connections.find(id))?.topics).toEqual(topics);
  });

  it('ends at once when the dashboard is gone', async () => {
    const { open, say, slept, socket, ports } = await door();
    await open();
    socket.gone.add(id);
    await say({ op: 'watch', view: 'live' });
    expect(slept).toEqual([]);
    expect(await ports.connections.find(id)).toBeNull();
    expect((await ports.connections.watchOf('demo', now)).watched).toBe(false);
  });
});

describe('a resync', () => {
  it('sends the watched view again, and goes on over midnight with the new day', async () => {
    const { open, say, snapshots, ports } = await door();
    await open();
    await say({ op: 'watch', view: 'heatmap', path: '/', device: 'mobile' });
    const later = now + 12 * 3_600_000;
    // No connection lasts that long: another one, with the topics of the day before.
    const before = await ports.connections.find(id);
    if (before) await ports.connections.connect(before, later - 3_600_000);
    await say({ op: 'snapshot' }, later);
    expect(snapshots().map((message) => message.id)).toEqual([1, 2, later]);
    const topics = [`demo|element|2026-11-24|${nameId('/')}|mobile`];
    expect((await ports.connections.find(id))?.topics).toEqual(topics);
  });

  it('of nothing is refused', async () => {
    const { open, say, said } = await door();
    await open();
    await say({ op: 'snapshot' });
    expect(said()).toMatchObject([{ type: 'error', code: 'bad-message' }]);
  });
});

describe('a tick', () => {
  it('reaches the stream at most once in 4 s a site', async () => {
    const { open, say, ticks } = await door();
    await open();
    for (const after of [0, 1_000, 3_999, 4_000, 5_000]) await say({ op: 'tick' }, now + after);
    expect(ticks).toEqual([now, now + 4_000]);
  });

  it('keeps a watch alive that would have ended', async () => {
    const { open, say, ports } = await door();
    await open();
    await say({ op: 'watch', view: 'live' });
    for (let after = 5_000; after <= 300_000; after += 5_000) await say({ op: 'tick' }, now + after);
    expect((await ports.connections.watchOf('demo', now + 400_000)).watched).toBe(true);
    expect((await ports.connections.watchOf('demo', now + 460_000)).watched).toBe(false);
  });

  it('of a connection that is not known says so', async () => {
    const { say, said, ticks } = await door();
    await say({ op: 'tick' });
    expect(said()).toMatchObject([{ type: 'error', code: 'gone' }]);
    expect(ticks).toEqual([]);
  });
});

describe('what can’t be understood', () => {
  it.each([
    ['no JSON', '{"op":', 'bad-message'],
    ['a text', '"tick"', 'bad-message'],
    ['null', 'null', 'bad-message'],
    ['no op', '{}', 'unknown-op'],
    ['another op', '{"op":"delete"}', 'unknown-op'],
    ['no view', '{"op":"watch"}', 'bad-message'],
    ['another view', '{"op":"watch","view":"all"}', 'bad-message'],
    ['a heatmap of no page', '{"op":"watch","view":"heatmap"}', 'bad-message'],
    ['a heatmap of a long path', `{"op":"watch","view":"heatmap","path":"${'x'.repeat(600)}"}`, 'bad-message'],
    ['another device', '{"op":"watch","view":"heatmap","path":"/","device":"watch"}', 'bad-message'],
    ['over 4 KB', JSON.stringify({ op: 'tick', more: 'ü'.repeat(2_100) }), 'bad-message'],
  ])('%s is answered by name, and the connection stays', async (_what, message, code) => {
    const { open, say, said, ports } = await door();
    await open();
    await say(message);
    expect(said()).toEqual([{ type: 'error', code, message: expect.any(String) }]);
    expect(await ports.connections.find(id)).not.toBeNull();
  });
});

describe('closing', () => {
  it('ends the watch', async () => {
    const { open, say, ports } = await door();
    await open();
    await say({ op: 'watch', view: 'live' });
    await closeSocket(id, ports);
    expect((await ports.connections.watchOf('demo', now)).watched).toBe(false);
  });
});
