import { describe, expect, it } from 'vitest';
import { judge, type Readings } from '../../../functions/alerts/judge.ts';

const all = { spike: true, silence: true, rage: true, goalDrop: true };
const week = (views: number, rage = 0) => Array.from({ length: 7 }, () => ({ views, rage }));
const goal = (inHour: number, ...usual: number[]) => ({ goals: [{ name: 'Order', inHour, usual }] });
const kinds = (readings: Partial<Readings>, wanted = all) =>
  judge({ viewsIn10: 10, viewsIn30: 30, rageInHour: 0, usual: week(60), goals: [], ...readings }, wanted).map(
    ({ kind }) => kind,
  );

describe('what is worth telling', () => {
  it.each([
    ['a usual hour', {}, []],
    ['four times the usual views', { viewsIn10: 50, usual: week(75) }, ['spike']],
    ['a little less than that', { viewsIn10: 50, usual: week(76) }, []],
    ['four times, where that is a handful', { viewsIn10: 49, usual: week(6) }, []],
    ['silence where thirty are usual in half an hour', { viewsIn10: 0, viewsIn30: 0, usual: week(60) }, ['silence']],
    ['silence where fewer are', { viewsIn10: 0, viewsIn30: 0, usual: week(59) }, []],
    ['four times the usual rage', { rageInHour: 12, usual: week(60, 3) }, ['rage']],
    ['less than that', { rageInHour: 11, usual: week(60, 3) }, []],
    ['ten where none is usual', { rageInHour: 10 }, ['rage']],
    ['nine where none is usual', { rageInHour: 9 }, []],
    ['a quarter of the usual conversions', goal(6, 24, 24, 24), ['goalDrop']],
    ['a little more than that', goal(7, 24, 24, 24), []],
    ['none, where fewer than twenty are usual', goal(0, 19, 19, 19), []],
    ['none, where it was hardly reached before', goal(0, 0, 0, 0, 0, 90, 90, 90), []],
    ['a goal of the first two days', goal(0, 90, 90), []],
    ['anything in the first two days', { viewsIn10: 900, rageInHour: 90, usual: week(60).slice(0, 2) }, []],
  ] satisfies [string, Partial<Readings>, string[]][])('%s: %j', (_what, readings, expected) => {
    expect(kinds(readings)).toEqual(expected);
  });

  it('goes by the median: one day of a campaign, or of an outage, is not usual', () => {
    const days = [0, 60, 60, 60, 6_000, 60, 60].map((views) => ({ views, rage: 0 }));
    expect(kinds({ viewsIn10: 50, usual: days })).toEqual(['spike']);
  });

  it('is told only where it is wanted, with figures', () => {
    expect(kinds({ viewsIn10: 500 }, { ...all, spike: false })).toEqual([]);
    const [finding] = judge({ viewsIn10: 500, viewsIn30: 900, rageInHour: 0, usual: week(60), goals: [] }, all);
    expect(finding?.text).toBe('500 page views in ten minutes; 10 are usual at this hour.');
  });
});
