import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from 'vitest';
import type { Totals } from '../../../functions/contract/counter.ts';
import type { FeedRow, TotalsMessage } from '../../../functions/contract/live.ts';
import { memoryConnectionStore } from '../../../functions/push/connection-store.memory.ts';
import type { ConnectionStore } from '../../../functions/push/connection-store.ts';
import { makePusher } from '../../../functions/push/push.ts';
import type { SiteUpdate } from '../../../functions/push/pusher.ts';
import { type MemorySocket, memorySocket } from '../../../functions/push/socket.memory.ts';

const start = 1_800_000_000_000;
const heatTopic = 'shop|element|2026-11-23|abcdefgh|mobile';
const heatPartition = `1|${heatTopic}`;
const item = (pk: string): Totals => ({ key: { pk, sk: 'a' }, counters: { pv: 1 }, texts: {} });
const live = item('1|shop|live|30000000');
const heat = item(heatPartition);
const otherHeat = item('1|shop|element|2026-11-23|abcdefgh|desktop');
const row: FeedRow = {
  at: 1,
  id: 'r',
  what: 'view',
  path: '/',
  label: '',
  device: 'desktop',
  country: '',
  browser: '',
};
const update = (items: Totals[], feed: FeedRow[] = []): SiteUpdate => ({ site: 'shop', asOf: start, items, feed });

const by = { kind: 'user', id: 'ada' } as const;
const revoked = new Set<string>();

let now = start;
let connections: ConnectionStore;
let socket: MemorySocket;
let errors: MockInstance<typeof console.error>;

const pusher = (overrides: { connections?: ConnectionStore; post?: MemorySocket['post'] } = {}) =>
  makePusher({
    connections: overrides.connections ?? connections,
    socket: { ...socket, post: overrides.post ?? socket.post },
    standing: async () => (holder) => !revoked.has(holder.id),
    epoch: '1',
    watchersCachedMs: 1000,
    clock: () => now,
  });
const received = (id: string) => (socket.sent.get(id) ?? []).map((text) => JSON.parse(text) as TotalsMessage);
const sortKeysOf = (id: string) => received(id).flatMap(({ items }) => items.map(([pk]) => pk));

beforeEach(async () => {
  revoked.clear();
  now = start;
  connections = memoryConnectionStore();
  socket = memorySocket();
  errors = vi.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => vi.restoreAllMocks());

describe('pushing', () => {
  it('sends each watcher what its topics cover, and the feed to the live view only', async () => {
    await connections.connect({ id: 'live', site: 'shop', topics: ['live'], by }, now);
    await connections.connect({ id: 'heat', site: 'shop', topics: [heatTopic], by }, now);
    await pusher().push([update([live, heat, otherHeat], [row])]);
    expect(received('live')).toEqual([
      { type: 'totals', epoch: '1', asOf: start, items: [[live.key.pk, 'a', { pv: 1 }]], feed: [row] },
    ]);
    expect(received('heat')).toEqual([
      { type: 'totals', epoch: '1', asOf: start, items: [[heatPartition, 'a', { pv: 1 }]] },
    ]);
  });

  it('shuts out, and sends nothing to, those whose right was revoked', async () => {
    await connections.connect({ id: 'stays', site: 'shop', topics: ['live'], by: { kind: 'user', id: 'bob' } }, now);
    await connections.connect({ id: 'revoked', site: 'shop', topics: ['live'], by }, now);
    const push = pusher();
    await push.push([update([live])]);
    expect([received('stays').length, received('revoked').length]).toEqual([1, 1]);
    revoked.add('ada');
    now += 1_000;
    await push.push([update([live])]);
    expect([received('stays').length, received('revoked').length]).toEqual([2, 1]);
    expect([...socket.closed]).toEqual(['revoked']);
    expect((await connections.connectionsOf('shop')).map(({ id }) => id)).toEqual(['stays']);
  });

  it('sends nothing to anybody while it can’t be told whose right stands', async () => {
    await connections.connect({ id: 'live', site: 'shop', topics: ['live'], by }, now);
    const asked = vi.fn(async () => {
      throw new Error('the table is away');
    });
    const push = makePusher({
      connections,
      socket,
      standing: asked,
      epoch: '1',
      watchersCachedMs: 1000,
      clock: () => now,
    });
    expect(await push.push([update([live])])).toMatchObject({ messages: 0, failures: 1 });
    expect(received('live')).toEqual([]);
  });

  it('goes on in another epoch, to those who watch since before it', async () => {
    await connections.connect({ id: 'heat', site: 'shop', topics: [heatTopic], by }, now);
    await pusher().push([update([item(`2|${heatTopic}`)])]);
    expect(sortKeysOf('heat')).toEqual([`2|${heatTopic}`]);
  });

  it('sends nothing to those whose topics did not change', async () => {
    await connections.connect({ id: 'heat', site: 'shop', topics: [heatTopic], by }, now);
    await pusher().push([update([live], [row])]);
    expect(socket.sent.size).toBe(0);
  });

  it('sends nothing of what no view shows live', async () => {
    await connections.connect({ id: 'live', site: 'shop', topics: ['live'], by }, now);
    const quiet = ['transition', 'goal', 'session'].map((kind) => item(`1|shop|${kind}|2026-11-23`));
    await pusher().push([update([...quiet, live])]);
    expect(sortKeysOf('live')).toEqual([live.key.pk]);
  });

  it('tells everybody the time when an update has no items', async () => {
    await connections.connect({ id: 'live', site: 'shop', topics: ['live'], by }, now);
    await connections.connect({ id: 'heat', site: 'shop', topics: [heatTopic], by }, now);
    await pusher().push([update([])]);
    expect([received('live'), received('heat')].map(([message]) => message?.asOf)).toEqual([start, start]);
  });

  it('sends nothing across sites, and nothing where nobody watches', async () => {
    await connections.connect({ id: 'elsewhere', site: 'blog', topics: ['live'], by }, now);
    await connections.connect({ id: 'idle', site: 'shop', topics: [], by }, now);
    await pusher().push([update([live])]);
    expect(socket.sent.size).toBe(0);
  });

  it('asks who watches at most once in the time that the answer is believed', async () => {
    const asked = vi.spyOn(connections, 'watchers');
    const push = pusher();
    await connections.connect({ id: 'early', site: 'shop', topics: ['live'], by }, now);
    await push.push([update([live])]);
    await connections.connect({ id: 'later', site: 'shop', topics: ['live'], by }, now);
    now += 999;
    await push.push([update([live])]);
    expect(asked).toHaveBeenCalledTimes(1);
    expect(received('later')).toHaveLength(0);
    now += 1;
    await push.push([update([live])]);
    expect(received('later')).toHaveLength(1);
    expect(received('early')).toHaveLength(3);
  });

  it('shows a watcher that came while an older list was believed what the feed told meanwhile, once', async () => {
    const push = pusher();
    const view = { ...row, id: 'view' };
    await push.push([update([live])]);
    await connections.connect({ id: 'late', site: 'shop', topics: ['live'], by }, now);
    await push.push([update([live], [view])]);
    expect(received('late')).toHaveLength(0);
    now += 1000;
    await push.push([update([])]);
    await push.push([update([live], [row])]);
    expect(received('late').map(({ feed }) => feed?.map(({ id }) => id))).toEqual([['view'], ['r']]);
  });

  it('tells nobody of the feed twice', async () => {
    await connections.connect({ id: 'early', site: 'shop', topics: ['live'], by }, now);
    const push = pusher();
    await push.push([update([live], [row])]);
    now += 1000;
    await push.push([update([live])]);
    expect(received('early').map(({ feed }) => feed?.length ?? 0)).toEqual([1, 0]);
  });
});

describe('what goes wrong in pushing', () => {
  beforeEach(async () => {
    for (const id of ['a', 'b', 'c']) await connections.connect({ id, site: 'shop', topics: ['live'], by }, now);
  });

  it('a gone connection is forgotten at once, and the others get theirs', async () => {
    socket.gone.add('b');
    const push = pusher();
    expect(await push.push([update([live])])).toMatchObject({ messages: 2, gone: 1, failures: 0 });
    expect(await connections.find('b')).toBeNull();
    const posted = vi.spyOn(socket, 'post');
    await pusher({ post: socket.post }).push([update([live])]);
    await push.push([update([live])]);
    expect(posted.mock.calls.map(([id]) => id)).not.toContain('b');
    expect(sortKeysOf('a').length + sortKeysOf('c').length).toBeGreaterThanOrEqual(4);
  });

  it('a failing connection is logged and counted, and the others get theirs', async () => {
    const post: MemorySocket['post'] = async (id, message) => {
      if (id === 'b') throw new Error('throttled');
      return socket.post(id, message);
    };
    expect(await pusher({ post }).push([update([live])])).toMatchObject({ messages: 2, gone: 0, failures: 1 });
    expect(sortKeysOf('a')).toHaveLength(1);
    expect(sortKeysOf('c')).toHaveLength(1);
    expect(errors).toHaveBeenCalledTimes(1);
    expect(await connections.find('b')).not.toBeNull();
  });

  it('watchers that cannot be read are logged and counted, and read again next time', async () => {
    let broken = true;
    const flaky: ConnectionStore = {
      ...connections,
      watchers: async (site, at) => {
        if (broken) throw new Error('throttled');
        return connections.watchers(site, at);
      },
    };
    const push = pusher({ connections: flaky });
    expect(await push.push([update([live])])).toEqual({ messages: 0, bytes: 0, gone: 0, failures: 1 });
    expect(errors).toHaveBeenCalledTimes(1);
    broken = false;
    await push.push([update([live])]);
    expect(sortKeysOf('a')).toHaveLength(1);
  });

  it('a gone connection that cannot be forgotten harms nobody', async () => {
    socket.gone.add('b');
    const flaky: ConnectionStore = {
      ...connections,
      disconnect: async () => {
        throw new Error('throttled');
      },
    };
    const pushed = await pusher({ connections: flaky }).push([update([live])]);
    expect(pushed).toMatchObject({ messages: 2, gone: 1, failures: 1 });
    expect(sortKeysOf('a')).toHaveLength(1);
  });
});
