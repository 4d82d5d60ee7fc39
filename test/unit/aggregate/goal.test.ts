import { describe, expect, it } from 'vitest';
import { conversionName, goalKey } from '../../../functions/contract/counter.ts';
import { kind, type PulseEvent } from '../../../functions/contract/event.ts';
import { type Goal, goalId, goalsMax } from '../../../functions/contract/goal.ts';
import { hourMs, minuteMs } from '../../../functions/contract/time-unit.ts';
import { epoch, GivenSite, pageOf, recordOf, site, view } from './given.ts';

const noon = Date.parse('2026-11-23T12:00:00Z');
const day = '2026-11-23';
const order: Goal = { name: 'Order', what: 'page', match: '/thanks' };
const at = (given: GivenSite, goal: Goal, onDay = day) => given.at(goalKey(epoch, site, onDay, goalId(goal)));
const visit = (path: string, receivedAt: number, n: number, load = '00000000000000a1') =>
  recordOf({ receivedAt, n, load, pages: [pageOf(path)], events: [view()] });
const c = (when: number) => conversionName(when);

describe('a goal', () => {
  it.each<[Goal['what'], string, PulseEvent, string, boolean]>([
    ['page', '/thanks', view(), '/thanks', true],
    ['page', '/thanks', view(), '/thanks/you', false],
    ['page', '/product/:id', view(), '/product/7', true],
    ['page', '/product/:id', view(), '/product/', false],
    ['page', '/docs/*', view(), '/docs/a/b', true],
    ['page', '/docs/*', view(), '/docs', false],
    ['page', '/thanks', [kind.heartbeat, 0, 0], '/thanks', false],
    ['event', 'signed up', [kind.custom, 0, 0, 'signed up', {}], '/', true],
    ['event', 'signed up', [kind.custom, 0, 0, 'signed up twice', {}], '/', false],
    ['outbound', 'https://bank.example/pay', [kind.outbound, 0, 0, 'https://bank.example/pay'], '/', true],
    ['outbound', 'https://bank.example/*', [kind.outbound, 0, 0, 'https://bank.example/pay'], '/', true],
    ['outbound', 'https://bank.example/*', [kind.download, 0, 0, 'https://bank.example/pay'], '/', false],
    ['download', '*', [kind.download, 0, 0, 'https://shop.example/list.pdf'], '/', true],
  ])('of %s %s is reached by %j on %s: %s', (what, match, event, path, isReached) => {
    const goal: Goal = { name: 'Goal', what, match };
    const given = new GivenSite({ goals: [goal] });
    given.receive(recordOf({ receivedAt: noon, pages: [pageOf(path)], events: [event] }));
    expect(at(given, goal)).toEqual(isReached ? { [c(noon)]: 1, s: 1 } : {});
  });

  it('counts each time by the local hour, and a session once', () => {
    const given = new GivenSite({ goals: [order] });
    given.receive(visit('/thanks', noon, 0));
    given.receive(visit('/thanks', noon + minuteMs, 1));
    given.receive(visit('/thanks', noon + 31 * minuteMs, 0, '00000000000000a2'));
    expect(at(given, order)).toEqual({ [c(noon)]: 3, s: 1 });
    given.receive(visit('/thanks', noon + 62 * minuteMs, 1, '00000000000000a2'));
    expect(at(given, order)).toEqual({ [c(noon)]: 3, [c(noon + hourMs)]: 1, s: 2 });
  });

  it('counts a session on the day on which it began, so that no rate is over 1', () => {
    const given = new GivenSite({ goals: [order], zone: 'Asia/Kolkata' });
    const beforeMidnight = Date.parse('2026-11-23T18:20:00Z');
    given.receive(visit('/', beforeMidnight, 0));
    given.receive(visit('/thanks', beforeMidnight + 20 * minuteMs, 1));
    expect(at(given, order)).toEqual({ s: 1 });
    expect(at(given, order, '2026-11-24')).toEqual({ [c(Date.parse('2026-11-23T18:30:00Z'))]: 1 });
  });

  it('of a batch from before the session is a conversion, and no session’s', () => {
    const given = new GivenSite({ goals: [order] });
    given.receive(visit('/', noon + 3 * hourMs, 1));
    given.receive(
      recordOf({ receivedAt: noon + 3 * hourMs, n: 0, pages: [pageOf('/thanks')], events: [view(3 * hourMs)] }),
    );
    expect(at(given, order)).toEqual({ [c(noon)]: 1 });
  });

  it('that nothing reaches writes no item', () => {
    const given = new GivenSite({ goals: [order] });
    given.receive(visit('/', noon, 0));
    expect([...given.items.keys()].filter((key) => key.includes('|goal|'))).toEqual([]);
  });

  it('is remembered for as many goals as a site may have at once, whatever versions it went through', () => {
    const different = Array.from({ length: goalsMax + 5 }, (_, index): Goal => {
      return { name: `Goal ${index}`, what: 'event', match: `event ${index}` };
    });
    const given = new GivenSite({ goals: different });
    different.forEach(({ match }, n) => {
      given.receive(recordOf({ receivedAt: noon + n, n, events: [[kind.custom, 0, 0, match, {}]] }));
    });
    expect(different.filter((goal) => at(given, goal).s === 1)).toHaveLength(goalsMax);
    expect(different.every((goal) => at(given, goal)[c(noon)] === 1)).toBe(true);
  });
});
