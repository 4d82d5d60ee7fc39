import { describe, expect, it } from 'vitest';
import { pageWindowName, sessionWindowName, windowMs, windowOf } from '../../../functions/contract/counter.ts';
import { nameId } from '../../../functions/contract/name-id.ts';
import { type DemoApi, demoApi, epoch, now, today } from './demo-api.ts';

const address = '/v1/sites/demo/live';

/** A session arrives at, or leaves, a page at `at`. */
async function presence({ put }: DemoApi, side: 'A' | 'L', path: string, at: number, count = 1): Promise<void> {
  const window = windowOf(at);
  const counters = { [sessionWindowName(side, window)]: count, [pageWindowName(nameId(path), side, window)]: count };
  await put.live(at, path, counters, at);
}

describe('/live', () => {
  it('counts the ten windows up to asOf, over the change of a minute, and no older one', async () => {
    const api = await demoApi();
    await api.put.page(today, '/', {});
    await api.put.page(today, '/pricing', {});
    await api.ports.progress.set(epoch, 'demo', now);
    await presence(api, 'A', '/', now - 1_000, 2);
    await presence(api, 'A', '/pricing', now - 40_000);
    await presence(api, 'L', '/', now - 500);
    await presence(api, 'A', '/', windowOf(now) * windowMs - 9 * windowMs);
    await presence(api, 'A', '/', windowOf(now) * windowMs - 9 * windowMs - 1, 5);
    const { json } = await api.ask(address);
    expect(json).toEqual({
      active: 3,
      pages: [
        { path: '/', active: 2 },
        { path: '/pricing', active: 1 },
      ],
      asOf: now,
    });
    expect(api.ticks).toEqual([]);
  });

  it('asks the stream for its progress when what it knows is older than 2 s, and answers as of then', async () => {
    const api = await demoApi();
    await presence(api, 'A', '/', now - 49_000);
    api.ports.stream.tick = async ({ receivedAt }) => {
      api.ticks.push(receivedAt);
      await api.ports.progress.set(epoch, 'demo', receivedAt);
    };
    expect((await api.ask(address, { at: now + 20_000 })).json).toMatchObject({ active: 0, asOf: now + 20_000 });
    expect(api.ticks).toEqual([now + 20_000]);
  });

  it('freezes the number when the stream stands still, and says since when', async () => {
    const api = await demoApi();
    await presence(api, 'A', '/', now, 4);
    for (const later of [60_000, 20 * 60_000]) {
      const { json } = await api.ask(address, { at: now + later });
      expect(json).toMatchObject({ active: 4, asOf: now });
    }
    expect(api.slept()).toBe(2 * 2_000);
  });

  it('freezes on progress, too, however long ago', async () => {
    const api = await demoApi();
    await presence(api, 'A', '/', now, 4);
    await api.ports.progress.set(epoch, 'demo', now + 10_000);
    const { json } = await api.ask(address, { at: now + 5 * 3_600_000 });
    expect(json).toMatchObject({ active: 4, asOf: now + 10_000 });
  });

  it('answers what it knows when the stream takes no tick', async () => {
    const api = await demoApi();
    api.ports.stream.tick = () => Promise.reject(new Error('throttled'));
    expect((await api.ask(address)).json).toEqual({ active: 0, pages: [], asOf: 0 });
  });

  it('ticks once for callers of the same second', async () => {
    const api = await demoApi();
    await Promise.all([api.ask(address), api.ask(address), api.ask(address, { at: now + 400 })]);
    expect(api.ticks).toEqual([now]);
  });

  it('knows yesterday’s paths after midnight, and puts pages without a name together', async () => {
    const api = await demoApi();
    const midnight = Date.parse('2026-11-23T23:00:00Z');
    await api.put.page(today, '/late', {});
    await api.ports.progress.set(epoch, 'demo', midnight + 5_000);
    await presence(api, 'A', '/late', midnight + 1_000, 2);
    await presence(api, 'A', '/never-seen', midnight + 1_000);
    await presence(api, 'A', '/nor-this', midnight + 1_000);
    const { json } = await api.ask(address, { at: midnight + 5_000 });
    expect(json.pages).toEqual([
      { path: '(other)', active: 2 },
      { path: '/late', active: 2 },
    ]);
  });
});
