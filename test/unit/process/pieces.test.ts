import { describe, expect, it } from 'vitest';
import { addSeen } from '../../../functions/aggregate/seen-numbers.ts';
import { formatLoadState } from '../../../functions/aggregate/visitor-state-text.ts';
import { elementScope, pageScope } from '../../../functions/contract/admission.ts';
import { type FailedRecord, failedKey, failedText } from '../../../functions/contract/failed.ts';
import { formatPlace, parsePlace, placeOf } from '../../../functions/contract/place.ts';
import type { Lane, Position } from '../../../functions/contract/position.ts';
import { AdmissionCache } from '../../../functions/process/admission-cache.ts';
import { BoundedMap } from '../../../functions/process/bounded-map.ts';
import { ConfigCache } from '../../../functions/process/config-cache.ts';
import { expirySeconds } from '../../../functions/process/expiry.ts';
import { inParallel } from '../../../functions/process/in-parallel.ts';
import { itemExpiry } from '../../../functions/process/item-expiry.ts';
import { Pace } from '../../../functions/process/pace.ts';
import { readRetired } from '../../../functions/process/retired-version.ts';
import { memoryAdmissionStore } from '../../../functions/store/admission-store.memory.ts';
import { type RetiredVersion, versionsKeptMax } from '../../../functions/store/retired-version.ts';
import { configOf } from '../aggregate/given.ts';

const noon = Date.parse('2026-11-23T12:00:00Z');

describe('in parallel', () => {
  it('keeps the order of results and the bound on what is under way', async () => {
    let underWay = 0;
    let most = 0;
    const results = await inParallel([1, 2, 3, 4, 5, 6, 7], 3, async (one) => {
      most = Math.max(most, ++underWay);
      await new Promise((resolve) => setImmediate(resolve));
      underWay -= 1;
      return one * 10;
    });
    expect(results).toEqual([10, 20, 30, 40, 50, 60, 70]);
    expect(most).toBe(3);
  });

  it('after a failure begins nothing new, and waits for what is under way', async () => {
    const begun: number[] = [];
    const ended: number[] = [];
    const work = async (one: number) => {
      begun.push(one);
      if (one === 1) throw new Error('the first one failed');
      await new Promise((resolve) => setImmediate(resolve));
      ended.push(one);
    };
    await expect(inParallel([1, 2, 3, 4, 5], 2, work)).rejects.toThrow('the first one failed');
    expect(begun).toEqual([1, 2]);
    expect(ended).toEqual([2]);
  });
});

describe('the caches', () => {
  it('hold so many entries, the ones last asked for', () => {
    const map = new BoundedMap<number>(2);
    map.set('a', 1);
    map.set('b', 2);
    map.get('a');
    map.set('c', 3);
    expect([map.get('a'), map.get('b'), map.get('c')]).toEqual([1, undefined, 3]);
  });

  it('ask for a configuration once, but for a missing one each time', async () => {
    const asked: number[] = [];
    const configs = new ConfigCache({
      goalsFrom: async () => null,
      version: async (_, version) => {
        asked.push(version);
        return version === 1 ? configOf() : null;
      },
    });
    for (const version of [1, 1, 2, 2]) await configs.version('demo', version, '1');
    expect(asked).toEqual([1, 2, 2]);
  });

  it('admit pages before their elements, and no element of a page that is refused', async () => {
    const store = memoryAdmissionStore();
    const asked: string[] = [];
    const cache = new AdmissionCache({
      admit: (scope, name, element) => {
        asked.push(name);
        return name === '/refused' ? Promise.resolve(null) : store.admit(scope, name, element);
      },
    });
    const needed = ['/', '/refused'].flatMap((path) => {
      const page = { scope: pageScope('1', 'demo', '2026-11-23'), name: path };
      const scope = elementScope(`1|demo|element|2026-11-23|${path}|desktop`);
      return [{ scope, name: formatPlace(placeOf('c', `#on ${path}`, [0, 0], [40, 20])), page }, page];
    });
    const admissions = await cache.admit(needed);
    expect(asked.slice(0, 2)).toEqual(['/', '/refused']);
    expect(asked.slice(2).map((name) => parsePlace(name).key)).toEqual(['#on /']);
    expect(admissions.find('1|demo|page|2026-11-23', '/')?.name).toBe('/');
    expect(admissions.find('1|demo|page|2026-11-23', '/refused')).toBeNull();
    expect(() => admissions.find('1|demo|page|2026-11-23', '/never')).toThrow('"/never" was never asked for');
    await cache.admit(needed);
    expect(asked).toHaveLength(3);
  });

  it('forget no answer within a batch that is larger than they are', async () => {
    const cache = new AdmissionCache(memoryAdmissionStore(), 3);
    const scope = pageScope('1', 'demo', '2026-11-23');
    const needed = Array.from({ length: 20 }, (_, index) => ({ scope, name: `/${index}` }));
    const admissions = await cache.admit(needed);
    expect(needed.every(({ name }) => admissions.find(scope.pk, name)?.name === name)).toBe(true);
  });
});

describe('retired loads', () => {
  const [lane, child] = ['0_3', '0_4'] as [Lane, Lane];
  const at = (digit: string) => digit.repeat(48) as Position;
  const version = (ofLane: Lane, digit: string) => ({ lane: ofLane, position: at(digit), text: `${ofLane} ${digit}` });

  /** As a state with these guards reads them; `stored`: the guards that stand by the time it has. */
  const read = (versions: RetiredVersion[], guards: Record<Lane, Position>, stored = guards) =>
    readRetired(
      versions,
      { site: 'demo', visitor: 'ada', guards },
      { load: async () => new Map([['ada', { state: '', guards: stored }]]) },
    );

  it('are read as the state knows them, whatever other attempts wrote since', async () => {
    const versions = [version(lane, '5'), version(lane, '2')];
    expect(await read(versions, { [lane]: at('5') })).toBe('0_3 5');
    expect(await read(versions, { [lane]: at('7') })).toBe('0_3 5');
    expect(await read(versions, { [lane]: at('4') })).toBe('0_3 2');
    expect(await read(versions, { [lane]: at('1') })).toBeNull();
    expect(await read(versions, {})).toBeNull();
    expect(await read([], { [lane]: at('7') })).toBeNull();
  });

  it('are those of the parent shard until the child’s state has let go', async () => {
    const versions = [version(child, '2'), version(lane, '5')];
    expect(await read(versions, { [lane]: at('9') })).toBe('0_3 5');
    expect(await read(versions, { [lane]: at('9'), [child]: at('1') })).toBe('0_3 5');
    expect(await read(versions, { [lane]: at('9'), [child]: at('2') })).toBe('0_4 2');
  });

  it('stop an attempt that was overtaken so far that its version may have been dropped, and no other', async () => {
    const versions = [...'9876543'].map((digit) => version(lane, digit));
    const [then, now] = [{ [lane]: at('2') }, { [lane]: at('9') }];
    await expect(read(versions, then, now)).rejects.toThrow('another attempt has saved the state of ada');
    await expect(read(versions, { [lane]: at('3') }, now)).rejects.toThrow('another attempt');
    await expect(read(versions, then, { ...then, [child]: at('1') })).rejects.toThrow('another attempt');
    expect(await read(versions, then)).toBeNull();
    expect(await read(versions, { [lane]: at('3') })).toBe('0_3 3');
    expect(await read(versions, { [lane]: at('4') }, now)).toBe('0_3 4');
    expect(await read(versions.slice(0, 5), then, now)).toBeNull();
  });

  it('stay within 4 KB, as many versions as a claim keeps, whatever the browser sent', () => {
    const seen = Array.from({ length: 60 }, (_, index) => 2 ** 53 - 2 * index).reduce(addSeen, '');
    const order = Number.MAX_SAFE_INTEGER;
    const load = { load: 'f'.repeat(16), touched: noon / 1000, seen, pageId: 'xo4UgeQR', pageOrder: order };
    const viewed = { viewOrder: order - 1, viewPage: 'xo4UgeQS', viewDay: Math.floor(noon / 86_400_000) };
    const text = formatLoadState({
      ...load,
      ...viewed,
      visible: true,
      visibleOrder: order,
      sign: noon / 60_000,
      placed: true,
    });
    const version = `r_0_zzzz_${at('f')}${text}`.length;
    expect(seen.length).toBeGreaterThan(350);
    expect((versionsKeptMax + 1) * version + 120).toBeLessThan(4096);
  });
});

describe('expiry', () => {
  it('is told by an item’s key', () => {
    const seconds = (text: string) => Date.parse(text) / 1000;
    const live = { pk: `1|demo|live|${noon / 60_000}`, sk: '0a' };
    expect(itemExpiry(live)).toBe(seconds('2026-11-25T12:00:00Z'));
    expect(itemExpiry({ pk: '1|demo|hour|2026-11-23', sk: '2026-11-23T12:00Z' })).toBe(seconds('2027-02-21T12:00:00Z'));
    expect(itemExpiry({ pk: '1|demo|page|2026-11-23', sk: 'xo4UgeQR' })).toBe(seconds('2027-12-28T00:00:00Z'));
    expect(itemExpiry({ pk: '1|demo|transition|2026-11-23', sk: 'xo4UgeQR|>o4UgeQRx' })).toBe(
      seconds('2027-12-28T00:00:00Z'),
    );
    expect(itemExpiry({ pk: '1|demo|value|2026-11-23', sk: 'referrer|xo4UgeQR' })).toBe(
      seconds('2027-12-28T00:00:00Z'),
    );
    const elements = '1|demo|element|2026-11-23|xo4UgeQR|desktop';
    expect(itemExpiry({ pk: elements, sk: 'm|day|3' })).toBe(seconds('2027-12-28T00:00:00Z'));
    expect(itemExpiry({ pk: elements, sk: 'c|2026-11-23T12:00Z|3' })).toBe(seconds('2027-02-21T12:00:00Z'));
  });

  it('of a state is four days after its last record, or after now where that was long ago', () => {
    const fourDays = 4 * 86_400;
    expect(expirySeconds(noon, noon - 5_000)).toBe(noon / 1000 + fourDays);
    expect(expirySeconds(0, noon)).toBe(noon / 1000 + fourDays);
  });
});

describe('a failed record', () => {
  it('is kept as it was, under its site, date and position', () => {
    const record: FailedRecord = {
      site: 'demo',
      at: noon,
      shardId: 'shardId-000000000001',
      sequenceNumber: '49',
      reason: 'not-json',
      message: 'the 3 bytes are not JSON',
      data: Uint8Array.from([1, 2, 255]),
    };
    expect(failedKey(record)).toBe('failed/site=demo/date=2026-11-23/shardId-000000000001-49.not-json.json');
    expect(JSON.parse(failedText(record))).toEqual({ ...record, v: 1, data: 'AQL/' });
  });
});

describe('the pace', () => {
  function paceOf(watch: { watched: boolean; everyMs: number }) {
    const set: number[] = [];
    const pace = new Pace({ watchOf: async () => watch, setPace: async (_, everyMs) => void set.push(everyMs) });
    return { pace, set };
  }
  const crowd = (pace: Pace, loads: number, at = noon) => {
    for (let load = 0; load < loads; load++) pace.note('demo', `load ${load}`, at);
  };

  it('keeps a watched site at about its rate, between 1 and 10 s', () => {
    const { pace } = paceOf({ watched: true, everyMs: 1000 });
    expect(pace.everyMs('demo', 100)).toBe(1000);
    crowd(pace, 300);
    expect(pace.everyMs('demo', 100)).toBe(3000);
    expect(pace.everyMs('demo', 10)).toBe(10_000);
  });

  it('counts a load once, and only while it sends', () => {
    const { pace } = paceOf({ watched: true, everyMs: 1000 });
    crowd(pace, 300);
    crowd(pace, 300, noon + 5_000);
    expect(pace.everyMs('demo', 100)).toBe(3000);
    crowd(pace, 1, noon + 16_000);
    expect(pace.everyMs('demo', 100)).toBe(1000);
  });

  it('is set only where somebody watches, and where it differs by a quarter', async () => {
    for (const [watched, everyMs, expected] of [
      [true, 1000, [3000]],
      [true, 2800, []],
      [false, 1000, []],
    ] as const) {
      const { pace, set } = paceOf({ watched, everyMs });
      crowd(pace, 300);
      await pace.adjust('demo', 100, noon);
      await pace.adjust('demo', 100, noon + 999);
      expect(set).toEqual(expected);
    }
  });
});
