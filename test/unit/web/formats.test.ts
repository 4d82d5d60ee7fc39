import { describe, expect, it } from 'vitest';
import { replaceOnce } from '../../../web/build.ts';
import { formatRoute, parseRoute, withLayer } from '../../../web/route.ts';
import { labelledColumns, niceMax } from '../../../web/view/chart-scale.ts';
import { spanOf } from '../../../web/view/date-range.ts';
import { formatCount, formatDuration, formatShare } from '../../../web/view/number-format.ts';
import { rank } from '../../../web/view/rank.ts';
import { scrollSteps } from '../../../web/view/scroll-view.ts';
import { valueLabel } from '../../../web/view/value-label.ts';

describe('numbers', () => {
  it('stay short', () => {
    expect([0, 9_999, 10_000, 123_456, 999_949, 999_950, 12_000_000].map(formatCount)).toEqual([
      '0',
      '9,999',
      '10k',
      '123.5k',
      '999.9k',
      '1M',
      '12M',
    ]);
  });
  it('say shares, and a dash where there is no whole', () => {
    expect([formatShare(0, 0), formatShare(0, 5), formatShare(1, 400), formatShare(1, 3)]).toEqual([
      '–',
      '0%',
      '<1%',
      '33%',
    ]);
  });
  it('say durations in the units one thinks in', () => {
    expect([850, 9_949, 12_300, 72_000, 4_000_000].map(formatDuration)).toEqual([
      '0.9s',
      '9.9s',
      '12s',
      '1m 12s',
      '1h 7m',
    ]);
  });
});

describe('the address', () => {
  it('names what is shown, and reads back as it was written', () => {
    const route = { page: 'heatmap', path: '/a b?c&d#é', device: 'mobile', layer: 'move', range: '7d' } as const;
    for (const scaleEnd of [null, 90_000])
      expect(parseRoute(formatRoute({ ...route, scaleEnd }))).toEqual({ ...route, scaleEnd });
    expect(parseRoute(formatRoute({ page: 'live' }))).toEqual({ page: 'live' });
  });
  it('has defaults for what is left out or unknown', () => {
    const defaults = { page: 'heatmap', path: '/x', device: 'desktop', layer: 'click', range: 'today', scaleEnd: null };
    expect(parseRoute('#/heatmap?path=/x&device=watch&layer=smell&range=1y&scale=-5')).toEqual(defaults);
    for (const scale of ['0', '', '1e3', '5.5', '9'.repeat(13)])
      expect(parseRoute(`#/heatmap?path=/x&scale=${scale}`)).toEqual(defaults);
    expect(parseRoute('')).toEqual({ page: 'live' });
    expect(parseRoute('#/nowhere')).toEqual({ page: 'live' });
  });
});

describe('another layer', () => {
  const route = { page: 'heatmap', path: '/', device: 'desktop', layer: 'move', range: '7d', scaleEnd: 9_000 } as const;
  it('does not keep a scale that was fixed for something else', () => {
    expect(withLayer(route, 'click')).toEqual({ ...route, layer: 'click', scaleEnd: null });
    expect(withLayer(route, 'move')).toEqual(route);
  });
});

describe('spans', () => {
  it('begin at the site’s midnight, also across a change of the clock', () => {
    const now = Date.UTC(2026, 9, 27, 12);
    expect(spanOf('today', now, 'Europe/Berlin')).toEqual({ from: Date.UTC(2026, 9, 26, 23), to: now });
    expect(spanOf('7d', now, 'Europe/Berlin').from).toBe(Date.UTC(2026, 9, 20, 22));
    expect(spanOf('30d', now, 'UTC').from).toBe(Date.UTC(2026, 8, 28));
  });
});

describe('charts', () => {
  it('end their axis at a round number that holds the largest value', () => {
    expect([0, 4, 5, 11, 22, 41, 99, 101, 4_100].map(niceMax)).toEqual([4, 4, 6, 20, 30, 50, 100, 200, 5_000]);
  });
  it('label the last column, and none too near to it', () => {
    expect(labelledColumns(24, 6)).toEqual([5, 11, 17, 23]);
    expect(labelledColumns(0, 6)).toEqual([]);
  });
});

describe('top lists', () => {
  it('order by count, then by name, and say how much they hide', () => {
    const rows = ['c', 'a', 'b', 'z'].map((id, index) => ({
      id,
      label: id,
      detail: '',
      count: [2, 2, 5, 0][index] ?? 0,
      visitors: 0,
    }));
    const { rows: shown, total, hidden } = rank(rows, 2);
    expect(shown.map(({ id }) => id)).toEqual(['b', 'a']);
    expect([total, hidden]).toEqual([9, 1]);
  });
  it('name what has no name', () => {
    expect(valueLabel('referrer', '')).toBe('Direct or unknown');
    expect(valueLabel('country', 'DE')).toBe('Germany');
    expect(valueLabel('country', '')).toBe('Unknown');
    expect(valueLabel('referrer', '(other)')).toBe('Other');
    expect(valueLabel('browser', '<b>')).toBe('<b>');
  });
});

describe('scroll depth', () => {
  it('tells twenty bands as ten, and never more than all views', () => {
    const bands = Array.from({ length: 20 }, (_, band) => ({
      from: band / 20,
      to: (band + 1) / 20,
      reached: 25 - band,
      msInView: 100,
    }));
    const steps = scrollSteps({ views: 20, bands });
    expect(steps).toHaveLength(10);
    expect(steps[0]).toEqual({ from: 0, reached: 25, share: 1, msInView: 200 });
    expect(steps[9]).toEqual({ from: 90, reached: 7, share: 0.35, msInView: 200 });
    expect(scrollSteps({ views: 0, bands: [] })).toEqual([]);
  });
});

describe('the build', () => {
  it('fails loudly when heatmap.js no longer has the line that it drops', () => {
    expect(replaceOnce('a; b; c', 'b;', '')).toBe('a;  c');
    expect(() => replaceOnce('a; c', 'b;', '')).toThrow(/0 times instead of once/);
    expect(() => replaceOnce('b; b;', 'b;', '')).toThrow(/2 times/);
  });
});
