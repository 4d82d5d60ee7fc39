import { describe, expect, it } from 'vitest';
import { emptyVisitorState, type VisitorState } from '../../../functions/aggregate/visitor-state.ts';
import { formatVisitorState, parseVisitorState } from '../../../functions/aggregate/visitor-state-text.ts';
import { pageKey, sessionKey } from '../../../functions/contract/counter.ts';
import { kind, type PulseEvent } from '../../../functions/contract/event.ts';
import { nameId } from '../../../functions/contract/name-id.ts';
import { formatSignals, parseSignals, signalBit, signals, signalsOf } from '../../../functions/contract/signal.ts';
import { minuteMs } from '../../../functions/contract/time-unit.ts';
import { elementOf, epoch, GivenSite, heartbeat, pageOf, recordOf, site, view } from './given.ts';

const noon = Date.parse('2026-11-23T12:00:00Z');
const day = '2026-11-23';
const rage: PulseEvent = [kind.rage, 0, 0, 1, 1, 3];
const dead: PulseEvent = [kind.dead, 0, 0, 1, 1];
const hesitation: PulseEvent = [kind.hover, 0, 0, 1, 1, 1_400, 1];
const engaged = (ms: number): PulseEvent => [kind.engaged, 0, 0, ms];
const reach = (to: number): PulseEvent => [kind.reach, 0, 0, 0, to];

class Visit {
  readonly given = new GivenSite();

  send(n: number, path: string, events: PulseEvent[], { load = 'a1', at = noon + n * 1_000 } = {}): this {
    const [pages, elements] = [[pageOf(path)], [elementOf('#buy')]];
    this.given.receive(recordOf({ receivedAt: at, n, load: load.padStart(16, '0'), pages, elements, events }));
    return this;
  }
  /** Of a page: what was met before leaving, and what the session passed. */
  of(path: string): Record<string, number> {
    const counters = this.given.at(pageKey(epoch, site, day, nameId(path)));
    return Object.fromEntries(Object.entries(counters).filter(([name]) => /^[A-Z][io]$/.test(name)));
  }
  get state(): VisitorState {
    return this.given.states.get('00000000000000aa') ?? emptyVisitorState();
  }
  told(): string | undefined {
    return this.given.textsAt(sessionKey(epoch, site, { day, firstStart: noon, visitor: '00000000000000aa' })).f;
  }
}

describe('what was met before leaving', () => {
  it('counts a view once for each signal, and is taken back when the session goes on', () => {
    const visit = new Visit().send(0, '/', [view(), rage, rage]).send(1, '/', [dead, rage, hesitation, reach(10)]);
    expect(visit.of('/')).toEqual({ Ri: 1, Di: 1, Hi: 1, Li: 1 });
    expect(visit.told()).toBe('RDHL');
    visit.send(2, '/pricing', [view()]);
    expect(visit.of('/')).toEqual({ Ri: 1, Di: 1, Hi: 1, Li: 1, Ro: 1, Do: 1, Ho: 1, Lo: 1 });
    expect(visit.of('/pricing')).toEqual({});
    expect(visit.told()).toBe('-');
    visit.send(3, '/pricing', [dead]);
    expect(visit.of('/pricing')).toEqual({ Di: 1 });
    expect(visit.told()).toBe('D');
  });

  it('begins anew with a further view of the same page', () => {
    const visit = new Visit().send(0, '/', [view(), rage]).send(1, '/', [view(), rage]);
    expect(visit.of('/')).toEqual({ Ri: 2, Ro: 1 });
  });

  it('tells engagement by the sum of what comes of one view, and reading by what is below half of the page', () => {
    const visit = new Visit().send(0, '/', [view(), engaged(6_000), reach(9)]);
    expect(visit.of('/')).toEqual({});
    expect(visit.told()).toBeUndefined();
    visit
      .send(1, '/', [engaged(3_999)])
      .send(2, '/', [engaged(1)])
      .send(3, '/', [engaged(20_000)]);
    expect(visit.of('/')).toEqual({ Ei: 1 });
    visit.send(4, '/pricing', [view(), engaged(9_999)]);
    expect(visit.of('/pricing')).toEqual({});
  });

  it('counts nothing of what is no frustration', () => {
    const visit = new Visit().send(0, '/', [
      view(),
      [kind.rage, 0, 0, 1, 1, 4],
      [kind.hover, 0, 0, 1, 1, 900, 0],
      [kind.click, 0, 0, 1, 1, 0],
    ]);
    expect(visit.of('/')).toEqual({});
  });

  it('counts nothing for a view that is not, or no more, the last: another tab, a late batch, another page', () => {
    const tabs = new Visit().send(0, '/', [view()]).send(0, '/pricing', [view()], { load: 'b2', at: noon + 500 });
    tabs.send(1, '/', [rage]);
    expect([tabs.of('/'), tabs.of('/pricing')]).toEqual([{}, {}]);
    const late = new Visit().send(0, '/', [view()]).send(2, '/pricing', [view()]).send(1, '/', [rage]);
    expect([late.of('/'), late.of('/pricing')]).toEqual([{}, {}]);
    const other = new Visit().send(0, '/', [view()]).send(1, '/pricing', [rage]);
    expect([other.of('/'), other.of('/pricing')]).toEqual([{}, {}]);
  });

  it('counts nothing for a session that is over', () => {
    const visit = new Visit().send(0, '/', [view()]).send(1, '/', [engaged(20_000)], { at: noon + 40 * minuteMs });
    expect(visit.of('/')).toEqual({});
  });

  it('leaves a session’s last signals where they are when another begins', () => {
    const visit = new Visit().send(0, '/', [view(), rage]).send(1, '/', [view()], { at: noon + 40 * minuteMs });
    expect(visit.of('/')).toEqual({ Ri: 1 });
  });

  it('stands in the item of the view’s day, also after midnight', () => {
    const midnight = Date.parse('2026-11-24T00:00:00Z');
    const visit = new Visit().send(0, '/', [view()], { at: midnight - 1_000 });
    visit.send(1, '/', [rage], { at: midnight + 1_000 }).send(2, '/pricing', [view()], { at: midnight + 2_000 });
    expect(visit.of('/')).toEqual({ Ri: 1, Ro: 1 });
  });

  it('is remembered in the visitor’s state, and weighs nothing where nothing was met', () => {
    const visit = new Visit().send(0, '/', [view(), heartbeat()]);
    const quiet = formatVisitorState(visit.state);
    visit.send(1, '/', [heartbeat(), engaged(4_000), dead]);
    const state = parseVisitorState(formatVisitorState(visit.state));
    expect(state).toEqual(visit.state);
    expect(state.session?.exit).toMatchObject({ signals: signalBit('dead'), engagedMs: 4_000 });
    expect(parseVisitorState(quiet).session?.exit).toMatchObject({ signals: 0, engagedMs: 0 });
    expect(quiet).toContain(`"${nameId('/')}"]`);
  });
});

describe('the names of signals', () => {
  it('are read back from bits and from text', () => {
    for (let bits = 0; bits < 2 ** signals.length; bits++)
      expect(parseSignals(formatSignals(bits))).toEqual(signalsOf(bits));
    expect(parseSignals('')).toEqual([]);
  });
});
