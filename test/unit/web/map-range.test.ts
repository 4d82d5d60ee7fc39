import { describe, expect, it } from 'vitest';
import { formatRoute, parseRoute } from '../../../web/route.ts';
import { daySpan, mapSpanOf, parseMapRange } from '../../../web/view/map-range.ts';

const zone = 'Europe/Berlin';
const now = Date.parse('2026-11-23T13:20:12Z');

describe('the days of a map', () => {
  it('are any local days, both included, up to now', () => {
    expect(mapSpanOf('2026-10-24..2026-10-25', now, zone)).toEqual({
      from: Date.parse('2026-10-23T22:00Z'),
      to: Date.parse('2026-10-25T23:00Z'),
    });
    expect(mapSpanOf('2026-11-23..2026-11-23', now, zone)).toEqual({ from: Date.parse('2026-11-22T23:00Z'), to: now });
    expect(mapSpanOf('7d', now, zone)).toEqual({ from: Date.parse('2026-11-16T23:00Z'), to: now });
  });

  it('that are yet to come are a range all the same', () => {
    const { from, to } = mapSpanOf('2026-12-01..2026-12-02', now, zone);
    expect([from > now, to > from]).toEqual([true, true]);
  });

  it('are named in the address, and read back', () => {
    const route = { page: 'heatmap', path: '/', device: 'mobile', layer: 'move', scaleEnd: null } as const;
    const chosen = { ...route, range: '2026-11-01..2026-11-07' } as const;
    expect(parseRoute(formatRoute(chosen))).toEqual(chosen);
  });

  it.each([
    '',
    '1y',
    '2026-11-01',
    '2026-11-08..2026-11-07',
    '2026-02-30..2026-03-01',
    '2026-11-01..2026-11-02..2026-11-03',
    '2026-01-01..2026-04-01',
    '..',
  ])('are not %j', (text) => {
    expect(parseMapRange(text)).toBeNull();
  });

  it('are 90 at most', () => {
    expect(daySpan('2026-01-01', '2026-03-31')).toBe('2026-01-01..2026-03-31');
    expect(daySpan('2026-01-01', '2026-04-01')).toBeNull();
    expect(daySpan('2026-11-01', '2026-11-01')).toBe('2026-11-01..2026-11-01');
  });
});
