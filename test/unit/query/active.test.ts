import { describe, expect, it } from 'vitest';
import { activeAt, activeMinutes } from '../../../functions/contract/active.ts';
import { livePartition, pageWindowName, sessionWindowName, windowOf } from '../../../functions/contract/counter.ts';
import { minuteOf } from '../../../functions/contract/time-unit.ts';

const asOf = Date.parse('2026-11-23T13:20:12Z');
const page = 'abcd-_12';

function item(at: number, counters: Record<string, number>) {
  return { pk: livePartition('1', 'demo', minuteOf(at)), counters };
}
const arrived = (at: number, count = 1) => item(at, { [sessionWindowName('A', windowOf(at))]: count });
const left = (at: number, count = 1) => item(at, { [sessionWindowName('L', windowOf(at))]: count });

describe('active now', () => {
  it('holds a sign of life for 45 to 50 s, by whole windows of 5 s', () => {
    const signs = [Date.parse('2026-11-23T13:19:25Z'), Date.parse('2026-11-23T13:19:24.999Z')];
    expect(signs.map((at) => activeAt([arrived(at)], asOf).active)).toEqual([1, 0]);
  });

  it('goes down at once by what left', () => {
    expect(activeAt([arrived(asOf, 3), left(asOf, 2)], asOf).active).toBe(1);
  });

  it('is of asOf, whatever came later', () => {
    expect(activeAt([arrived(asOf), arrived(asOf + 10_000, 5)], asOf).active).toBe(1);
  });

  it('takes no window of an hour ago for one of now, and no other item for a live one', () => {
    const other = { pk: '1|demo|hour|2026-11-23', counters: { A2: 9 } };
    expect(activeAt([arrived(asOf - 3_600_000), other], asOf)).toEqual({ active: 0, pages: new Map() });
  });

  it('counts pages beside sessions, and names only those with somebody on them', () => {
    const window = windowOf(asOf);
    const counters = {
      [pageWindowName(page, 'A', window)]: 2,
      [pageWindowName('emptied1', 'A', window)]: 1,
      [pageWindowName('emptied1', 'L', window)]: 1,
      pv: 7,
    };
    expect(activeAt([item(asOf, counters)], asOf)).toEqual({ active: 0, pages: new Map([[page, 2]]) });
  });

  it('needs one or two minutes of items', () => {
    const minute = minuteOf(asOf);
    expect(activeMinutes(asOf)).toEqual([minute - 1, minute]);
    expect(activeMinutes(Date.parse('2026-11-23T13:20:59Z'))).toEqual([minute]);
  });
});
