import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyVisitorState, loadsHeldMax, stateBytesMax } from '../../../functions/aggregate/visitor-state.ts';
import { formatVisitorState, parseVisitorState } from '../../../functions/aggregate/visitor-state-text.ts';
import { funnelStepsMax, funnelsMax, goalsMax } from '../../../functions/contract/goal.ts';
import type { StreamRecord } from '../../../functions/contract/record.ts';
import { dayMs, hourMs, minuteMs } from '../../../functions/contract/time-unit.ts';
import { GivenSite, heartbeat, pageOf, recordOf, view } from './given.ts';

const noon = Date.parse('2026-11-23T12:00:00Z');
const visitor = '00000000000000aa';
const loadId = (index: number) => (0xf00d_0000_0000 + index).toString(16).padStart(16, '0');
const stateOf = (given: GivenSite) => given.states.get(visitor) ?? emptyVisitorState();
const viewsOf = (given: GivenSite) =>
  [...given.items].filter(([key]) => key.includes('|hour|')).reduce((sum, [, { pv = 0 }]) => sum + pv, 0);

const home = { name: 'Home', what: 'page', match: '/' } as const;

/** A visit of `pages` pages with ten batches each. */
function browse(given: GivenSite, pages: number): void {
  let at = noon;
  for (let page = 0; page < pages; page++) {
    for (let n = 0; n < 10; n++) {
      at += 12_000;
      const events = [n === 0 ? view() : heartbeat()];
      const shown = [pageOf(`/page/${page}`, { referrer: page === 0 ? 'news.example' : '' })];
      given.receive(recordOf({ receivedAt: at, load: loadId(page), n, pages: shown, events }));
    }
  }
}

describe('the text of a state', () => {
  it('is the state again when read', () => {
    const given = new GivenSite();
    browse(given, 6);
    const state = stateOf(given);
    expect(parseVisitorState(formatVisitorState(state))).toEqual(state);
    expect(parseVisitorState(formatVisitorState(emptyVisitorState()))).toEqual(emptyVisitorState());
  });

  it('of another version is refused with its beginning', () => {
    expect(() => parseVisitorState('[3,0]')).toThrow('"[3,0]", which is not of version 1 or 2');
  });

  it('takes less than 1 KB for a visit of five pages', () => {
    const given = new GivenSite();
    browse(given, 5);
    expect(Buffer.byteLength(formatVisitorState(stateOf(given)))).toBeLessThan(1024);
  });

  it('stays within 4 KB when one address is a whole school for two days', () => {
    const given = new GivenSite();
    let largest = 0;
    for (let step = 0; step < 3_000; step++) {
      const at = noon + step * minuteMs;
      const load = loadId((step * 7) % 97);
      const shown = [pageOf(`/page/${step % 90}`, { viewportWidth: 320 + (step % 9) * 200 })];
      given.receive(recordOf({ receivedAt: at, load, n: step * 3, pages: shown, events: [view(0), view(1)] }));
      largest = Math.max(largest, Buffer.byteLength(formatVisitorState(stateOf(given))));
    }
    expect(largest).toBeLessThanOrEqual(stateBytesMax);
    expect(largest).toBeGreaterThan(2_000);
    expect(viewsOf(given)).toBe(6_000);
  });

  it('stays within 4 KB when all of it is in use at once, by letting go of loads, and nothing counts otherwise', () => {
    const goals = Array.from({ length: goalsMax }, (_, one) => {
      return { name: `${one}`, what: 'page' as const, match: `/page/${one}` };
    });
    const funnels = Array.from({ length: funnelsMax }, (_, one) => {
      const steps = goals.map(({ what, match }, step) => ({ what, match: step === one ? '/*' : match }));
      return { name: `${one}`, steps: steps.slice(0, funnelStepsMax) };
    });
    const given = new GivenSite({ goals, funnels });
    let [largest, fewestLoads] = [0, loadsHeldMax];
    for (let step = 0; step < 2_000; step++) {
      const load = loadId((step * 7) % 11);
      const shown = [pageOf(`/page/${step % 60}`), pageOf(`/page/${(step * 13) % 90}`)];
      // Now and then in haste: the trail is long then.
      const receivedAt = noon + step * 80_000 - (step % 36) * 77_000;
      given.receive(recordOf({ receivedAt, load, n: 9e14 + step * 3, pages: shown, events: [view(0), view(1, 1)] }));
      largest = Math.max(largest, Buffer.byteLength(formatVisitorState(stateOf(given))));
      if (step > 100) fewestLoads = Math.min(fewestLoads, stateOf(given).loads.length);
    }
    expect(largest).toBeLessThanOrEqual(stateBytesMax);
    expect(largest).toBeGreaterThan(3_800);
    expect(fewestLoads).toBeLessThan(8);
    expect(viewsOf(given)).toBe(4_000);
  });

  it('stays within 4 KB when numbers are made up to fill it', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(30), fc.nat(Number.MAX_SAFE_INTEGER)), { maxLength: 300 }), (sent) => {
        const given = new GivenSite({ goals: [home], funnels: [{ name: 'Home', steps: [home, home] }] });
        for (const [index, [load, n]] of sent.entries()) {
          given.receive(recordOf({ receivedAt: noon + index * 3_600, load: loadId(load), n, events: [view()] }));
          expect(Buffer.byteLength(formatVisitorState(stateOf(given)))).toBeLessThanOrEqual(stateBytesMax);
        }
      }),
      { numRuns: 20 },
    );
  });
});

describe('what is remembered', () => {
  const batch = (load: number, n: number, receivedAt: number): StreamRecord =>
    recordOf({ receivedAt, load: loadId(load), n, events: [view()] });

  it('holds a dozen loads, and lets go of the least recently active one with all it knows', () => {
    const given = new GivenSite();
    for (let load = 0; load < loadsHeldMax; load++) given.receive(batch(load, 0, noon + load));
    given.receive(batch(0, 1, noon + 100));
    const folded = given.receive(batch(99, 0, noon + 200));
    expect(folded.retired.map(({ load }) => load)).toEqual([loadId(1)]);
    expect(stateOf(given).loads).toHaveLength(loadsHeldMax);
  });

  it('knows a load again that it had let go of, so that its batches count once', () => {
    const given = new GivenSite();
    for (let load = 0; load < 40; load++) given.receive(batch(load, 0, noon + load));
    for (let load = 0; load < 40; load++) expect(given.receive(batch(load, 0, noon + 1_000)).isRepeat).toBe(true);
    expect(viewsOf(given)).toBe(40);
  });

  it('forgets by age alone, and only after 72 hours', () => {
    const given = new GivenSite();
    given.receive(batch(1, 0, noon));
    given.receive(batch(2, 0, noon + 72 * hourMs));
    expect(given.receive(batch(1, 0, noon + 72 * hourMs)).isRepeat).toBe(true);
    given.receive(batch(2, 1, noon + 8 * dayMs));
    expect(stateOf(given).loads.map(({ load }) => load)).toEqual([loadId(2)]);
    expect(stateOf(given).hours).toHaveLength(1);
    expect(stateOf(given).days.map(({ day }) => day)).toEqual(['2026-12-01']);
  });

  it('lets a batch in once that is played again long after its receipt', () => {
    const given = new GivenSite();
    given.receive(batch(1, 0, noon + 20 * dayMs));
    const old = batch(2, 0, noon);
    expect(given.receive(old).isRepeat).toBe(false);
    expect(given.receive(old).isRepeat).toBe(true);
  });

  it('is not changed by folding: the fold returns another state', () => {
    const given = new GivenSite();
    browse(given, 3);
    const before = stateOf(given);
    const text = formatVisitorState(before);
    given.receive(batch(5, 0, noon + hourMs));
    expect(formatVisitorState(before)).toBe(text);
    expect(formatVisitorState(stateOf(given))).not.toBe(text);
  });
});
