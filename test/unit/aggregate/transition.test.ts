import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trailMax } from '../../../functions/aggregate/trail.ts';
import { emptyVisitorState } from '../../../functions/aggregate/visitor-state.ts';
import { formatVisitorState, parseVisitorState } from '../../../functions/aggregate/visitor-state-text.ts';
import {
  outboundTarget,
  parseKeyText,
  parseTransitionSort,
  transitionKey,
  transitionPartition,
} from '../../../functions/contract/counter.ts';
import { kind, navigation } from '../../../functions/contract/event.ts';
import { nameId } from '../../../functions/contract/name-id.ts';
import type { StreamRecord } from '../../../functions/contract/record.ts';
import { epoch, GivenSite, pageOf, recordOf, site } from './given.ts';

const noon = Date.parse('2026-11-23T12:00:00Z');
const day = '2026-11-23';
const loadId = (index: number) => (0xabc0 + index).toString(16).padStart(16, '0');

interface Viewed {
  path: string;
  /** Seconds after noon. */
  at: number;
  load?: number;
  n?: number;
  how?: number;
}
function viewed({ path, at, load = 0, n = 0, how = n === 0 ? navigation.load : navigation.push }: Viewed) {
  const receivedAt = noon + at * 1_000;
  return recordOf({
    receivedAt,
    load: loadId(load),
    n,
    pages: [pageOf(path)],
    events: [[kind.view, 0, 0, how]],
  });
}
function given(...views: Viewed[]): GivenSite {
  const made = new GivenSite();
  for (const view of views) made.receive(viewed(view));
  return made;
}

const paths = ['/', '/a', '/b', '/c', '/d', '/out', 'https://elsewhere.example/'];
const nameOf = (id: string) => paths.find((path) => nameId(path) === id) ?? id;

/** `/ > /a` → 1: made less undone, of all days; those that were all taken back are left out. */
function net(site: GivenSite): Record<string, number> {
  const found: Record<string, number> = {};
  for (const [text, { n = 0, u = 0 }] of site.items) {
    const { pk, sk } = parseKeyText(text);
    if (!pk.includes('|transition|') || n === u) continue;
    const { from, to } = parseTransitionSort(sk);
    const name = `${nameOf(from)} > ${nameOf(to)}`;
    found[name] = (found[name] ?? 0) + n - u;
  }
  return found;
}

describe('a view comes from', () => {
  it('none when it is the first of its session', () => {
    expect(net(given({ path: '/', at: 0 }))).toEqual({});
    const again = given({ path: '/', at: 0 }, { path: '/a', at: 31 * 60, load: 1 });
    expect(net(again)).toEqual({});
  });

  it('the page that was viewed last, when it is loaded', () => {
    const visit = given({ path: '/', at: 0 }, { path: '/a', at: 5, load: 1 }, { path: '/', at: 9, load: 2 });
    expect(net(visit)).toEqual({ '/ > /a': 1, '/a > /': 1 });
  });

  it('the page before it in its load, whatever another tab shows meanwhile', () => {
    const visit = given(
      { path: '/', at: 0 },
      { path: '/b', at: 5, load: 1 },
      { path: '/a', at: 9, n: 1 },
      { path: '/c', at: 12, load: 1, n: 1 },
    );
    expect(net(visit)).toEqual({ '/ > /b': 1, '/ > /a': 1, '/b > /c': 1 });
  });

  it('the page viewed last when the browser shows again what it had kept', () => {
    const visit = given(
      { path: '/', at: 0 },
      { path: '/a', at: 5, load: 1 },
      { path: '/', at: 9, n: 1, how: navigation.restore },
      { path: '/b', at: 12, n: 2 },
    );
    expect(net(visit)).toEqual({ '/ > /a': 1, '/a > /': 1, '/ > /b': 1 });
  });

  it('itself when it is loaded again', () => {
    expect(net(given({ path: '/', at: 0 }, { path: '/', at: 5, load: 1 }))).toEqual({ '/ > /': 1 });
  });

  it('the page of its load even when that was long ago, and many views of other tabs since', () => {
    const others = Array.from({ length: trailMax + 5 }, (_, index) => ({
      path: '/b',
      at: 10 + index,
      load: 1 + index,
    }));
    const visit = net(given({ path: '/a', at: 0 }, ...others, { path: '/c', at: 100, n: 1 }));
    expect(visit).toEqual({ '/a > /b': 1, '/b > /b': trailMax + 4, '/a > /c': 1 });
  });

  it('(other) when the page before it had no place among those of its day', () => {
    const site = new GivenSite({ refused: ['/a'] });
    site.receive(viewed({ path: '/a', at: 0 }));
    site.receive(viewed({ path: '/b', at: 5, n: 1 }));
    const key = transitionKey(epoch, 'demo', day, nameId('(other)'), nameId('/b'));
    expect(site.at(key)).toEqual({ n: 1 });
  });
});

describe('the day', () => {
  it('is that of the view that was come to', () => {
    const before = Date.parse('2026-11-23T23:59:58Z');
    const visit = given(
      { path: '/a', at: (before - noon) / 1_000 },
      { path: '/b', at: (before - noon) / 1_000 + 4, n: 1 },
    );
    expect(visit.at(transitionKey(epoch, site, '2026-11-24', nameId('/a'), nameId('/b')))).toEqual({ n: 1 });
  });
});

describe('an outbound link', () => {
  it('counts from its page', () => {
    const visit = given({ path: '/out', at: 0 });
    const url = 'https://elsewhere.example/';
    visit.receive(
      recordOf({
        receivedAt: noon + 9_000,
        load: loadId(0),
        n: 1,
        pages: [pageOf('/out')],
        events: [[kind.outbound, 0, 0, url]],
      }),
    );
    expect(visit.at(transitionKey(epoch, site, day, nameId('/out'), outboundTarget(nameId(url))))).toEqual({ n: 1 });
    expect([...visit.items.keys()].filter((key) => key.startsWith(transitionPartition(epoch, site, day)))).toHaveLength(
      1,
    );
  });
});

describe('what comes late', () => {
  it('takes back in its own item what was counted without it', () => {
    const visit = given({ path: '/', at: 0 }, { path: '/b', at: 9, n: 2 });
    expect(net(visit)).toEqual({ '/ > /b': 1 });
    visit.receive(viewed({ path: '/a', at: 5, n: 1 }));
    expect(net(visit)).toEqual({ '/ > /a': 1, '/a > /b': 1 });
    expect(visit.at(transitionKey(epoch, site, day, nameId('/'), nameId('/b')))).toEqual({ n: 1, u: 1 });
  });

  it('as the first of its load gives what followed its origin', () => {
    const visit = given({ path: '/', at: 0 }, { path: '/b', at: 9, load: 1, n: 1 });
    expect(net(visit)).toEqual({ '/ > /b': 1 });
    visit.receive(viewed({ path: '/a', at: 5, load: 1 }));
    expect(net(visit)).toEqual({ '/ > /a': 1, '/a > /b': 1 });
  });

  it('takes no part when the views around it are forgotten', () => {
    const views = [0, 1, 2, 3, 4].map((n) => ({ path: '/a', at: n * 300, n: n * 2 }));
    const visit = given(...views);
    visit.receive(viewed({ path: '/b', at: 200, n: 1 }));
    expect(net(visit)).toEqual({ '/a > /a': 4 });
  });

  it('takes no part when its session is over', () => {
    const visit = given({ path: '/', at: 7200, n: 9 });
    visit.receive(viewed({ path: '/a', at: 0, n: 0 }));
    visit.receive(viewed({ path: '/b', at: 5, n: 1 }));
    expect(net(visit)).toEqual({});
  });
});

/** The definition, looked at as a whole: no order of arrival. */
function plainly(views: Required<Viewed>[]): Record<string, number> {
  const found: Record<string, number> = {};
  for (const view of views) {
    const own = views.filter(({ load, n }) => load === view.load && n < view.n).sort((one, other) => other.n - one.n);
    const isReturn = view.how === navigation.restore;
    const earlier = views
      .filter((one) => one.at < view.at && (isReturn || one.load !== view.load))
      .sort((one, other) => other.at - one.at);
    const from = (isReturn ? undefined : own[0]) ?? earlier[0];
    if (!from) continue;
    const name = `${from.path} > ${view.path}`;
    found[name] = (found[name] ?? 0) + 1;
  }
  return found;
}

describe('the laws of transitions', () => {
  const views = fc
    .array(fc.record({ path: fc.constantFrom('/', '/a', '/b', '/c', '/d'), load: fc.nat(3), isReturn: fc.boolean() }), {
      minLength: 1,
      maxLength: trailMax,
    })
    .map((drawn) =>
      drawn.map(({ path, load, isReturn }, index): Required<Viewed> => {
        const n = drawn.slice(0, index).filter((one) => one.load === load).length;
        const how = n === 0 ? navigation.load : isReturn ? navigation.restore : navigation.push;
        return { path, load, n, at: index * 4, how };
      }),
    );
  const arrivals = views.chain((all) =>
    fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length })),
  );

  it('any order of arrival gives what happened', () => {
    fc.assert(
      fc.property(arrivals, ([all, arrived]) => {
        expect(net(given(...arrived))).toEqual(plainly(all));
      }),
      { numRuns: 300 },
    );
  });

  it('every view of a session is its entry or comes from a page', () => {
    fc.assert(
      fc.property(arrivals, ([all, arrived]) => {
        const steps = Object.values(net(given(...arrived))).reduce((sum, count) => sum + count, 0);
        expect(steps).toBe(all.length - 1);
      }),
      { numRuns: 100 },
    );
  });

  it('a state is the same when it was stored in between', () => {
    fc.assert(
      fc.property(arrivals, ([, arrived]) => {
        const [kept, stored] = [new GivenSite(), new GivenSite()];
        for (const view of arrived) {
          const record: StreamRecord = viewed(view);
          kept.receive(record);
          stored.receive(record);
          const state = stored.states.get(record.visitor) ?? emptyVisitorState();
          stored.states.set(record.visitor, parseVisitorState(formatVisitorState(state)));
        }
        expect(stored.states).toEqual(kept.states);
        expect(net(stored)).toEqual(net(kept));
      }),
      { numRuns: 100 },
    );
  });
});

describe('a state that an older build has stored', () => {
  const old =
    '[1,1795435200000,[1795435200000,1795435200000,"2026-11-23",1795435200000,1,[1795435200000,"0000abc0",0,"2026-11-23","xo4UgeQR"],' +
    '[1795435200000,"0000abc0",0,"2026-11-23","xo4UgeQR"]],0,[["000000000000abc0",1795435200,"0","xo4UgeQR",0,1,0,359087040]],"",[["2026-11-23",1,""]]]';

  it('is read, and its loads know the page that they show', () => {
    const state = parseVisitorState(old);
    expect(state.trail).toEqual([]);
    expect(state.loads[0]).toMatchObject({ viewOrder: 0, viewPage: 'xo4UgeQR' });
    const visit = new GivenSite();
    visit.states.set('00000000000000aa', state);
    visit.receive(viewed({ path: '/a', at: 60, n: 1 }));
    expect(visit.at(transitionKey(epoch, site, day, 'xo4UgeQR', nameId('/a')))).toEqual({ n: 1 });
  });
});

describe('a load that shows a page for days', () => {
  const day = 86_400;
  const led = (days: number) => {
    const visit = new GivenSite();
    visit.receive(viewed({ path: '/a', at: 0, n: 0 }));
    visit.receive(viewed({ path: '/b', at: days * day, n: 1 }));
    return [...visit.items].filter(([key]) => key.includes('|transition|')).length;
  };

  it('leads from it to the next for two days, and then no more: no audit could know', () => {
    expect([led(1), led(2), led(3)]).toEqual([1, 1, 0]);
  });
});

describe('a session that is long', () => {
  it('remembers no more than its last few views', () => {
    const visit = new GivenSite();
    for (let step = 0; step < 500; step++) {
      visit.receive(viewed({ path: `/${step % 7}`, at: step * (step < 250 ? 1 : 60), load: step, n: 0 }));
      expect(visit.states.get('00000000000000aa')?.trail.length).toBeLessThanOrEqual(trailMax + 2);
    }
    expect(visit.states.get('00000000000000aa')?.trail).toHaveLength(4 + 2);
  });
});
