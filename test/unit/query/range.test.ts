import { describe, expect, it } from 'vitest';
import { daysOf, rangeOf } from '../../../functions/query/range.ts';
import { parseEdge } from '../../../functions/query/range-edge.ts';

const zone = 'Europe/Berlin';
const now = Date.parse('2026-11-23T13:20:12Z');
const range = (unit: 'minute' | 'hour' | 'day', from?: string, to?: string, at = now) => {
  const wish = { from: from ? parseEdge(from) : null, to: to ? parseEdge(to) : null };
  const found = rangeOf(wish, unit, zone, at);
  return [new Date(found.from).toISOString(), new Date(found.to).toISOString()];
};

describe('a range', () => {
  it('of dates is local days, the last one included', () => {
    expect(range('day', '2026-11-20', '2026-11-21')).toEqual(['2026-11-19T23:00:00.000Z', '2026-11-21T23:00:00.000Z']);
  });
  it('ends with the unit that holds now', () => {
    expect(range('hour', '2026-11-23', '2026-11-30')).toEqual(['2026-11-22T23:00:00.000Z', '2026-11-23T14:00:00.000Z']);
    expect(range('day', '2026-11-23', '2026-11-23')).toEqual(['2026-11-22T23:00:00.000Z', '2026-11-23T23:00:00.000Z']);
  });
  it('is today where nothing is said, and the last hour for minutes', () => {
    expect(range('hour')).toEqual(['2026-11-22T23:00:00.000Z', '2026-11-23T14:00:00.000Z']);
    expect(range('minute')).toEqual(['2026-11-23T12:20:00.000Z', '2026-11-23T13:21:00.000Z']);
  });
  it('of instants is widened to whole units', () => {
    expect(range('hour', '2026-11-23T09:10:00+01:00', '2026-11-23T09:50:00Z')).toEqual([
      '2026-11-23T08:00:00.000Z',
      '2026-11-23T10:00:00.000Z',
    ]);
  });
  it('takes ms since the epoch, and a plus sign that became a space', () => {
    const from = String(Date.parse('2026-11-23T08:00:00Z'));
    expect(range('hour', from, '2026-11-23T10:00:00 01:00')).toEqual([
      '2026-11-23T08:00:00.000Z',
      '2026-11-23T09:00:00.000Z',
    ]);
  });
  it('begins where items are still kept', () => {
    expect(range('minute', '2026-11-22', '2026-11-23')[0]).toBe('2026-11-21T23:00:00.000Z');
    expect(range('hour', '2026-08-25', '2026-11-22')[0]).toBe('2026-08-25T14:00:00.000Z');
  });
  it('in the future is empty', () => {
    const { from, to } = rangeOf({ from: { day: '2026-12-01' }, to: { day: '2026-12-02' } }, 'day', zone, now);
    expect(to).toBe(from);
    expect(daysOf({ from, to, zone })).toEqual([]);
  });
  it('holds a day of 25 hours, and one of 23', () => {
    const long = range('day', '2026-10-25', '2026-10-25');
    expect(Date.parse(long[1] ?? '') - Date.parse(long[0] ?? '')).toBe(25 * 3_600_000);
    const short = range('day', '2026-03-29', '2026-03-29');
    expect(Date.parse(short[1] ?? '') - Date.parse(short[0] ?? '')).toBe(23 * 3_600_000);
  });
});
