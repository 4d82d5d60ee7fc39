import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stepHitsMax } from '../../../functions/aggregate/funnel-progress.ts';
import { formatOrder, parseOrder } from '../../../functions/aggregate/order-text.ts';
import { emptyVisitorState, stateBytesMax } from '../../../functions/aggregate/visitor-state.ts';
import { formatVisitorState, parseVisitorState } from '../../../functions/aggregate/visitor-state-text.ts';
import { funnelKey } from '../../../functions/contract/counter.ts';
import { kind } from '../../../functions/contract/event.ts';
import { type Funnel, funnelId, funnelStepsMax, funnelsMax, goalsMax } from '../../../functions/contract/goal.ts';
import type { StreamRecord } from '../../../functions/contract/record.ts';
import { hourMs, minuteMs } from '../../../functions/contract/time-unit.ts';
import { epoch, GivenSite, pageOf, recordOf, site, view } from './given.ts';

const noon = Date.parse('2026-11-23T12:00:00Z');
const day = '2026-11-23';
const funnelOf = (...paths: string[]): Funnel => ({
  name: 'Funnel',
  steps: paths.map((match) => ({ what: 'page', match })),
});
const purchase = funnelOf('/', '/cart', '/thanks');
const at = (given: GivenSite, funnel: Funnel, onDay = day) => given.at(funnelKey(epoch, site, onDay, funnelId(funnel)));
const visit = (path: string, receivedAt: number, n: number, load = '00000000000000a1') =>
  recordOf({ receivedAt, n, load, pages: [pageOf(path)], events: [view()] });

/** Views of pages, ten seconds apart, in one load: one batch each. */
const walk = (paths: readonly string[], from = noon) => paths.map((path, n) => visit(path, from + n * 10_000, n));
function countedOf(records: readonly StreamRecord[], funnel = purchase): number[] {
  const given = new GivenSite({ funnels: [funnel] });
  for (const record of records) given.receive(record);
  return funnel.steps.map((_, index) => at(given, funnel)[`s${index + 1}`] ?? 0);
}

describe('a funnel', () => {
  it.each([
    [
      ['/', '/cart', '/thanks'],
      [1, 1, 1],
    ],
    [
      ['/', '/about', '/cart'],
      [1, 1, 0],
    ],
    [
      ['/cart', '/'],
      [1, 0, 0],
    ],
    [
      ['/cart', '/', '/thanks', '/cart'],
      [1, 1, 0],
    ],
    [
      ['/', '/cart', '/', '/cart', '/thanks', '/thanks'],
      [1, 1, 1],
    ],
  ])('of which %j is seen counts %j', (paths, counted) => {
    expect(countedOf(walk(paths))).toEqual(counted);
  });

  it('may ask for the same page twice, and for events', () => {
    const steps = [...funnelOf('/', '/').steps, { what: 'event' as const, match: 'bought' }];
    const twice: Funnel = { name: 'Twice', steps };
    expect(countedOf(walk(['/']), twice)).toEqual([1, 0, 0]);
    const bought = recordOf({ receivedAt: noon + minuteMs, n: 9, events: [[kind.custom, 0, 0, 'bought', {}]] });
    expect(countedOf([...walk(['/', '/']), bought], twice)).toEqual([1, 1, 1]);
  });

  it('is begun anew with each session', () => {
    const given = new GivenSite({ funnels: [purchase] });
    for (const record of walk(['/', '/cart'])) given.receive(record);
    for (const record of walk(['/', '/thanks'], noon + 2 * hourMs))
      given.receive({ ...record, load: '00000000000000a2' });
    expect(at(given, purchase)).toEqual({ s1: 2, s2: 1 });
  });

  it('counts on the day on which the session began', () => {
    const given = new GivenSite({ funnels: [purchase] });
    const midnight = Date.parse('2026-11-24T00:00:00Z');
    for (const record of walk(['/', '/cart'], midnight - 5_000)) given.receive(record);
    expect(at(given, purchase)).toEqual({ s1: 1, s2: 1 });
  });

  it('leaves out what came before the session', () => {
    const given = new GivenSite({ funnels: [purchase] });
    given.receive(visit('/cart', noon + 3 * hourMs, 1));
    const late = recordOf({ receivedAt: noon + 3 * hourMs, n: 0, pages: [pageOf('/')], events: [view(3 * hourMs)] });
    given.receive(late);
    expect(at(given, purchase)).toEqual({});
  });
});

describe('batches that arrive in another order', () => {
  it('are put in theirs by number, and by the clock between loads', () => {
    const [home, cart, thanks] = walk(['/', '/cart', '/thanks']) as [StreamRecord, StreamRecord, StreamRecord];
    // A retried batch is received later: the number says that it comes first.
    expect(countedOf([cart, thanks, { ...home, receivedAt: noon + minuteMs }])).toEqual([1, 1, 1]);
    const other = '00000000000000a2';
    expect(countedOf([visit('/cart', noon, 0), visit('/', noon + 1_000, 0, other)])).toEqual([1, 0, 0]);
    expect(countedOf([visit('/cart', noon + 1_000, 0), visit('/', noon, 0, other)])).toEqual([1, 1, 0]);
  });

  it('count the same in every order, for as many as are remembered', () => {
    const pages = fc.array(fc.constantFrom('/', '/cart', '/thanks', '/about'), { maxLength: stepHitsMax });
    const shuffled = pages.chain((paths) => {
      const records = walk(paths);
      return fc.tuple(fc.constant(records), fc.shuffledSubarray(records, { minLength: records.length }));
    });
    fc.assert(
      fc.property(shuffled, ([inOrder, arrived]) => {
        expect(countedOf(arrived)).toEqual(countedOf(inOrder));
      }),
    );
  });

  it('beyond that count as if they had come right after what is no longer remembered', () => {
    const many = walk(['/cart', ...Array.from({ length: stepHitsMax }, () => '/')]);
    const late = { ...visit('/cart', noon + hourMs, 0, '00000000000000a2'), events: [view(hourMs + 5_000)] };
    expect(countedOf([...many, late])).toEqual([1, 0, 0]);
    const settled = walk(['/', ...Array.from({ length: stepHitsMax }, () => '/')]);
    expect(countedOf([...settled, late])).toEqual([1, 1, 0]);
  });
});

describe('what a session remembers of them', () => {
  const funnels = Array.from({ length: funnelsMax }, (_, one) =>
    funnelOf(...Array.from({ length: funnelStepsMax }, (_, step) => (step % 2 ? '/cart' : `/${one}`)), '/').steps.slice(
      0,
      8,
    ),
  ).map((steps, index): Funnel => ({ name: `Funnel ${index}`, steps }));
  const goals = Array.from({ length: goalsMax }, (_, index) => {
    return { name: `Goal ${index}`, what: 'page' as const, match: index ? `/${'x'.repeat(index)}` : '/*' };
  });

  it('is the same when it is read again', () => {
    const given = new GivenSite({ funnels, goals });
    for (const record of walk(['/', '/cart', '/1', '/cart', '/2', '/cart', '/3', '/x', '/xx'])) given.receive(record);
    const [state = emptyVisitorState()] = given.states.values();
    expect(state.session?.funnels).toHaveLength(funnelsMax);
    expect(state.session?.hits).toHaveLength(stepHitsMax);
    expect(state.session?.goals).toHaveLength(3);
    expect(parseVisitorState(formatVisitorState(state))).toEqual(state);
  });

  it('is exact for any number that a batch may have', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.integer({ min: 0, max: 249 }), (n, index) => {
        const order = n * 256 + index;
        expect(parseOrder(formatOrder(order))).toBe(order);
      }),
    );
  });

  it('begins with nothing where the state is older than goals', () => {
    const older = '[1,5,[1,2,"2026-11-23",0,1,0,0],0,[],"",[]]';
    expect(parseVisitorState(older).session).toMatchObject({ start: 1, goals: [], funnels: [], hits: [] });
  });

  it('takes no more than its share of a state', () => {
    const given = new GivenSite({ funnels, goals });
    const paths = goals.map(({ match }) => match).slice(1);
    for (const record of walk([...paths, ...Array.from({ length: 20 }, () => '/cart')])) given.receive(record);
    const [state = emptyVisitorState()] = given.states.values();
    const without = { ...state, session: state.session && { ...state.session, goals: [], funnels: [], hits: [] } };
    const bytes = formatVisitorState(state).length - formatVisitorState(without).length;
    expect(bytes).toBeLessThan(stateBytesMax / 6);
  });
});
