import { describe, expect, it } from 'vitest';
import {
  dayStart,
  daysBetween,
  hourMs,
  hourStart,
  localDay,
  zoneOffsetMs,
} from '../../../functions/contract/time-unit.ts';

const at = (text: string) => Date.parse(text);

describe('a site’s local time', () => {
  it('keeps hours that begin at half past in zones with half-hour offsets', () => {
    expect(new Date(hourStart(at('2026-03-01T10:10:00Z'), 'Asia/Kolkata')).toISOString()).toBe(
      '2026-03-01T09:30:00.000Z',
    );
  });

  it('changes its offset at the instant of daylight saving', () => {
    expect(zoneOffsetMs(at('2026-03-29T00:59:59Z'), 'Europe/Berlin')).toBe(hourMs);
    expect(zoneOffsetMs(at('2026-03-29T01:00:00Z'), 'Europe/Berlin')).toBe(2 * hourMs);
  });

  it('has days of 23 and 25 hours', () => {
    const length = (day: string, next: string) =>
      (dayStart(next, 'Europe/Berlin') - dayStart(day, 'Europe/Berlin')) / hourMs;
    expect(length('2026-03-29', '2026-03-30')).toBe(23);
    expect(length('2026-10-25', '2026-10-26')).toBe(25);
  });

  it('begins a day at the first hour that exists where midnight is skipped', () => {
    const start = dayStart('2026-04-24', 'Africa/Cairo');
    expect(localDay(start, 'Africa/Cairo')).toBe('2026-04-24');
    expect(localDay(start - 1, 'Africa/Cairo')).toBe('2026-04-23');
  });

  it('lists the days of a range whose end is exclusive', () => {
    expect(daysBetween(at('2026-02-27T12:00:00Z'), at('2026-03-02T00:00:00Z'), 'UTC')).toEqual([
      '2026-02-27',
      '2026-02-28',
      '2026-03-01',
    ]);
  });

  it('refuses a zone that does not exist', () => {
    expect(() => zoneOffsetMs(0, 'Mars/Olympus')).toThrow(RangeError);
  });
});
