import { describe, expect, it } from 'vitest';
import { hourKey, pageKey } from '../../../functions/contract/counter.ts';
import { kind } from '../../../functions/contract/event.ts';
import { nameId } from '../../../functions/contract/name-id.ts';
import { hourMs, minuteMs } from '../../../functions/contract/time-unit.ts';
import { epoch, GivenSite, heartbeat, leave, pageOf, recordOf, site, view } from './given.ts';

const noon = Date.parse('2026-11-23T12:00:00Z');
const day = '2026-11-23';
const page = (path: string, onDay = day) => pageKey(epoch, site, onDay, nameId(path));
const atHour = (given: GivenSite, at = noon) => given.at(hourKey(epoch, site, day, at));

function net(given: GivenSite, path: string, onDay = day) {
  const { ei = 0, eo = 0, xi = 0, xo = 0 } = given.at(page(path, onDay));
  return { entries: ei - eo, exits: xi - xo };
}
const visit = (path: string, receivedAt: number, n: number, load = '00000000000000a1') =>
  recordOf({ receivedAt, n, load, pages: [pageOf(path)], events: [view()] });

describe('sessions', () => {
  it('are one while no gap is over 30 minutes, and two after', () => {
    const given = new GivenSite();
    given.receive(visit('/', noon, 0));
    given.receive(visit('/', noon + 30 * minuteMs, 1));
    expect(atHour(given).se).toBe(1);
    given.receive(visit('/', noon + 60 * minuteMs + 1, 2));
    expect(atHour(given, noon + hourMs).se).toBe(1);
  });

  it('go on by signs of life without a view', () => {
    const given = new GivenSite();
    given.receive(visit('/', noon, 0));
    given.receive(recordOf({ receivedAt: noon + 20 * minuteMs, n: 1, events: [heartbeat()] }));
    given.receive(visit('/', noon + 45 * minuteMs, 2));
    expect(atHour(given).se).toBe(1);
  });

  it('do not begin with a page that is left after a long pause', () => {
    const given = new GivenSite();
    given.receive(visit('/', noon, 0));
    const events = [[kind.engaged, 1, 0, 500] as never, leave()];
    given.receive(recordOf({ receivedAt: noon + 50 * minuteMs, n: 1, events }));
    expect(atHour(given).se).toBe(1);
  });

  it('of two tabs are one', () => {
    const given = new GivenSite();
    given.receive(visit('/a', noon, 0));
    given.receive(visit('/b', noon + 1_000, 0, '00000000000000a2'));
    expect(atHour(given)).toMatchObject({ se: 1, bo: 1, ub: 1 });
  });

  it('go on over midnight, but for those that had half a day already, and for a day at most', () => {
    const lasts = (from: string, hours: number, clock = 'UTC') => {
      const given = new GivenSite({ zone: clock });
      const start = Date.parse(from);
      for (let n = 0; n <= hours * 3; n++) given.receive(visit('/', start + n * 20 * minuteMs, n));
      const starts = [...given.items].filter(([key]) => key.split('|')[2] === 'session');
      return starts.map(([, { du = 0 }]) => du / hourMs);
    };
    expect(lasts('2026-11-23T20:00:00Z', 11)).toEqual([11]);
    expect(lasts('2026-11-23T20:00:00Z', 13)).toEqual([12 - 1 / 3, 1]);
    expect(lasts('2026-11-23T11:00:00Z', 14)).toEqual([13 - 1 / 3, 1]);
    // Clocks go back on this day, which has 25 hours.
    expect(lasts('2026-10-24T22:00:00Z', 27, 'Europe/Vienna')).toEqual([24 - 1 / 3, 3]);
  });

  it('take nothing that comes late and would make them too long', () => {
    const given = new GivenSite();
    given.receive(visit('/', noon, 1));
    for (let n = 2; n < 72; n++) given.receive(visit('/', noon + n * 20 * minuteMs, n));
    const before = structuredClone(atHour(given));
    given.receive(recordOf({ receivedAt: noon + 24 * hourMs, n: 0, events: [view(24 * hourMs + 25 * minuteMs)] }));
    expect(atHour(given)).toEqual(before);
  });

  it('split within one batch that slept on a laptop', () => {
    const given = new GivenSite();
    given.receive(recordOf({ receivedAt: noon + 2 * hourMs, events: [view(2 * hourMs), view(0)] }));
    expect(atHour(given)).toMatchObject({ se: 1, bo: 1 });
    expect(atHour(given, noon + 2 * hourMs)).toMatchObject({ se: 1, bo: 1 });
    expect(atHour(given).ub).toBeUndefined();
  });
});

describe('a bounce', () => {
  it('is taken back by the second view, in the hour where it was put', () => {
    const given = new GivenSite();
    given.receive(visit('/', noon + 59 * minuteMs, 0));
    expect(atHour(given)).toMatchObject({ bo: 1 });
    given.receive(visit('/', noon + 61 * minuteMs, 1));
    expect(atHour(given)).toMatchObject({ bo: 1, ub: 1 });
    given.receive(visit('/', noon + 62 * minuteMs, 2));
    expect(atHour(given)).toMatchObject({ bo: 1, ub: 1 });
  });

  it('stands when nothing but heartbeats follow', () => {
    const given = new GivenSite();
    given.receive(visit('/', noon, 0));
    given.receive(recordOf({ receivedAt: noon + 30_000, n: 1, events: [heartbeat()] }));
    expect(atHour(given).ub).toBeUndefined();
  });
});

describe('entry and exit', () => {
  it('are both the only page', () => {
    const given = new GivenSite();
    given.receive(visit('/a', noon, 0));
    expect(net(given, '/a')).toEqual({ entries: 1, exits: 1 });
  });

  it('moves the exit along with the views', () => {
    const given = new GivenSite();
    for (const [n, path] of ['/a', '/b', '/c', '/a'].entries()) given.receive(visit(path, noon + n * 1_000, n));
    expect(net(given, '/a')).toEqual({ entries: 1, exits: 1 });
    expect(net(given, '/b')).toEqual({ entries: 0, exits: 0 });
    expect(net(given, '/c')).toEqual({ entries: 0, exits: 0 });
  });

  it('moves the entry when an earlier view arrives later', () => {
    const given = new GivenSite();
    given.receive(visit('/b', noon + 5_000, 1));
    given.receive(visit('/a', noon, 0));
    expect(net(given, '/a')).toEqual({ entries: 1, exits: 0 });
    expect(net(given, '/b')).toEqual({ entries: 0, exits: 1 });
  });

  it('orders the views of one load by number, whatever delay their batches had', () => {
    const given = new GivenSite();
    // Batch 0 took 900 ms to reach us, batch 1 only 100: by the clock they would be the other way round.
    given.receive(visit('/b', noon + 600, 1));
    given.receive(visit('/a', noon + 900, 0));
    expect(net(given, '/a')).toEqual({ entries: 1, exits: 0 });
    expect(net(given, '/b')).toEqual({ entries: 0, exits: 1 });
  });

  it('takes an exit back on the day where it was put', () => {
    const given = new GivenSite();
    const late = Date.parse('2026-11-23T23:59:30Z');
    given.receive(visit('/a', late, 0));
    given.receive(visit('/b', late + minuteMs, 1));
    expect(net(given, '/a')).toEqual({ entries: 1, exits: 0 });
    expect(net(given, '/b', '2026-11-24')).toEqual({ entries: 0, exits: 1 });
  });

  it('leaves a session alone that a much older batch does not belong to', () => {
    const given = new GivenSite();
    given.receive(visit('/b', noon, 5));
    given.receive(recordOf({ receivedAt: noon, n: 0, pages: [pageOf('/a')], events: [view(hourMs)] }));
    expect(given.at(page('/a'))).toMatchObject({ pv: 1 });
    expect(net(given, '/a')).toEqual({ entries: 0, exits: 0 });
    expect(net(given, '/b')).toEqual({ entries: 1, exits: 1 });
    expect(atHour(given)).toMatchObject({ se: 1, bo: 1 });
    expect(atHour(given).ub).toBeUndefined();
  });
});
