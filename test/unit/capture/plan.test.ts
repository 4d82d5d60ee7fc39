import { describe, expect, it } from 'vitest';
import type { CaptureOutcome } from '../../../functions/capture/capture-caller.ts';
import type { CaptureRequest } from '../../../functions/capture/capture-request.ts';
import {
  capturesPerSiteDayMax,
  capturesPerSiteRunMax,
  type PlanPorts,
  planCaptures,
  runMsMax,
} from '../../../functions/capture/plan.ts';
import { memoryPlanStore } from '../../../functions/capture/plan-store.memory.ts';
import { pageDeviceName, pageKey, pageName, pageText } from '../../../functions/contract/counter.ts';
import { nameId } from '../../../functions/contract/name-id.ts';
import { laneOf, positionOf } from '../../../functions/contract/position.ts';
import { defaultPathRules } from '../../../functions/contract/site.ts';
import { dayMs, hourMs, minuteMs } from '../../../functions/contract/time-unit.ts';
import { memoryMarkerStore } from '../../../functions/sites/marker-store.memory.ts';
import { memorySiteStore } from '../../../functions/sites/site-store.memory.ts';
import { memoryCounterStore } from '../../../functions/store/counter-store.memory.ts';

const start = Date.parse('2026-11-23T09:00:00Z');

/** A planner over stores in memory, at a time that the test moves. */
async function stage(sites = ['shop']) {
  const taken: CaptureRequest[] = [];
  let now = start;
  let position = 0n;
  let outcome: (request: CaptureRequest) => Promise<Partial<CaptureOutcome> | 'busy'> = async () => ({});
  const ports = {
    epoch: '1',
    sites: memorySiteStore(),
    counters: memoryCounterStore(),
    markers: memoryMarkerStore(),
    plans: memoryPlanStore(),
    captures: {
      async take(request) {
        taken.push(request);
        const answer = await outcome(request);
        if (answer !== 'busy') return { takenAt: now, failure: null, ...answer };
        taken.pop();
        return answer;
      },
    },
    now: () => now,
  } satisfies PlanPorts;
  for (const site of sites) {
    const more = { origins: ['https://shop.example'], pathRules: defaultPathRules, watchedRequestsPerSecondMax: 50 };
    await ports.sites.save({ site, version: 0, name: site, zone: 'UTC', ...more });
  }
  return {
    ports,
    taken,
    run: () => planCaptures(ports),
    /** Lets time pass; returns what was taken in the runs of it. */
    async pass(ms: number, everyMs = 5 * minuteMs) {
      const before = taken.length;
      for (const end = now + ms; now < end; ) {
        now += everyMs;
        await planCaptures(ports);
      }
      return taken.slice(before).map(({ path, device }) => `${path} ${device}`);
    },
    move: (ms: number) => {
      now += ms;
    },
    answer(with_: typeof outcome) {
      outcome = with_;
    },
    async view(path: string, views: number, device: 'desktop' | 'mobile' = 'desktop', site = 'shop') {
      const day = new Date(now).toISOString().slice(0, 10);
      const at = positionOf(String(++position));
      const counters = { [pageName.pageViews]: views, [pageDeviceName(device, 'v')]: views };
      const texts = { [pageText.path]: path, [pageText.url]: `https://shop.example${path}?at=${day}` };
      const key = pageKey('1', site, day, nameId(path));
      const run = { key, first: at, last: at, parts: [{ position: at, counters, texts }] };
      await ports.counters.add(laneOf(0, 'shardId-000000000000'), run);
    },
  };
}

describe('the planner', () => {
  it('has a page photographed when it first has ten views, once', async () => {
    const { run, view, taken, pass } = await stage();
    await view('/', 9);
    await run();
    expect(taken).toEqual([]);
    await view('/', 1);
    await run();
    expect(taken).toEqual([{ site: 'shop', path: '/', url: 'https://shop.example/?at=2026-11-23', device: 'desktop' }]);
    expect(await pass(12 * hourMs)).toEqual([]);
  });

  it('counts views of seven days together, and takes the newest address', async () => {
    const { move, view, taken, run } = await stage();
    for (let day = 0; day < 4; day++) {
      await view('/', 3);
      await run();
      expect(taken).toHaveLength(day < 3 ? 0 : 1);
      move(dayMs);
    }
    expect(taken[0]?.url).toBe('https://shop.example/?at=2026-11-26');
  });

  it('takes it anew each week, while it is viewed', async () => {
    const { view, run, move, pass } = await stage();
    await view('/', 10);
    await run();
    move(3 * dayMs);
    await view('/', 10);
    expect(await pass(3 * dayMs, hourMs)).toEqual([]);
    expect(await pass(dayMs, hourMs)).toEqual(['/ desktop']);
    expect(await pass(30 * dayMs, hourMs)).toEqual([]);
  });

  it('takes every page anew after a marker, the most viewed first, within the bound of a run', async () => {
    const { ports, view, pass, move } = await stage();
    for (let n = 1; n <= 7; n++) await view(`/${n}`, 10 + n, n === 7 ? 'mobile' : 'desktop');
    expect(await pass(10 * minuteMs)).toHaveLength(7);
    move(hourMs);
    await ports.markers.put('shop', { at: ports.now(), text: 'Release' });
    const first = await pass(5 * minuteMs);
    expect(first).toEqual(['/7 mobile', '/6 desktop', '/5 desktop', '/4 desktop', '/3 desktop']);
    expect(first).toHaveLength(capturesPerSiteRunMax);
    expect(await pass(5 * minuteMs)).toEqual(['/2 desktop', '/1 desktop']);
    expect(await pass(hourMs)).toEqual([]);
  });

  it('tries a page that failed again after a day, and goes on with the others', async () => {
    const { view, answer, pass } = await stage();
    answer(async ({ path }) => {
      if (path === '/broken') throw new Error('the function failed');
      return path === '/login' ? { failure: 'login-needed' } : {};
    });
    for (const path of ['/broken', '/login', '/']) await view(path, 20);
    expect(await pass(5 * minuteMs)).toHaveLength(3);
    expect(await pass(23 * hourMs)).toEqual([]);
    expect((await pass(2 * hourMs)).sort()).toEqual(['/broken desktop', '/login desktop']);
  });

  it('comes back in the next run where as many pictures are being taken as may be', async () => {
    const { view, answer, run, taken } = await stage();
    await view('/', 20);
    answer(async () => 'busy');
    await run();
    expect(taken).toEqual([]);
    answer(async () => ({}));
    await run();
    expect(taken).toHaveLength(1);
  });

  it('takes no more in a day than its bound, whatever is marked', async () => {
    const { ports, view, pass } = await stage();
    for (let n = 0; n < 80; n++) await view(`/${n}`, 20);
    let taken = 0;
    for (let n = 0; n < 13; n++) {
      await ports.markers.put('shop', { at: ports.now(), text: `Release ${n}` });
      taken += (await pass(hourMs)).length;
    }
    expect(taken).toBe(capturesPerSiteDayMax);
    expect((await pass(4 * hourMs)).length).toBeGreaterThan(0);
  });

  it('begins nothing late in its run, and begins with another site each time', async () => {
    const sites = ['a', 'b', 'c'];
    const { run, view, answer, move, taken } = await stage(sites);
    for (const site of sites) for (let n = 0; n < 20; n++) await view(`/${n}`, 20, 'desktop', site);
    answer(async () => {
      move(runMsMax / 2);
      return {};
    });
    for (let n = 0; n < 3; n++) {
      const before = taken.length;
      await run();
      expect(taken.length - before).toBe(3);
      move(300_000 - 3 * (runMsMax / 2));
    }
    expect(new Set(taken.map(({ site }) => site)).size).toBe(3);
  });

  it('takes none for a site whose settings say so', async () => {
    const { ports, run, view, taken } = await stage();
    const config = await ports.sites.current('shop');
    if (config) await ports.sites.save({ ...config, captures: { enabled: false } });
    await view('/', 20);
    await run();
    expect(taken).toEqual([]);
  });

  it('goes on with other sites where one can not be read', async () => {
    const { ports, run, view, taken } = await stage(['a', 'b']);
    await view('/', 20, 'desktop', 'a');
    await view('/', 20, 'desktop', 'b');
    const read = ports.plans.get;
    ports.plans.get = async (site) => {
      if (site === 'a') throw new Error('the bucket is away');
      return read(site);
    };
    await run();
    expect(taken.map(({ site }) => site)).toEqual(['b']);
  });

  it('asks twice at worst when a run dies before it has written down what it did', async () => {
    const { ports, run, view, taken } = await stage();
    await run();
    await view('/', 20);
    const put = ports.plans.put;
    ports.plans.put = async () => {
      throw new Error('died');
    };
    await run();
    ports.plans.put = put;
    await run();
    await run();
    expect(taken).toHaveLength(2);
  });
});
