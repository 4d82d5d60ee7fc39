import { expect, it } from 'vitest';
import { chartMarks, instantOfLocal } from '../../../web/view/chart-marks.ts';
import { splittingMarkers, uncutMarkers } from '../../../web/view/compare-sides.ts';

it('a marker stands in the column that holds its instant, the last column has no end', () => {
  const markers = [
    { at: 5, text: 'before' },
    { at: 10, text: 'at the start' },
    { at: 19, text: 'in' },
    { at: 99, text: 'late' },
  ];
  expect(chartMarks([10, 20, 30], markers)).toEqual([['at the start', 'in'], [], ['late']]);
  expect(chartMarks([], markers)).toEqual([]);
});

it.each([
  ['2026-11-23T14:05', 'Europe/Berlin', '2026-11-23T13:05:00Z'],
  ['2026-07-01T00:00', 'Europe/Berlin', '2026-06-30T22:00:00Z'],
  ['2026-11-23T14:05', 'Asia/Kathmandu', '2026-11-23T08:20:00Z'],
  // The clocks go back: 02:30 comes twice, and forward: 02:30 does not come at all.
  ['2026-10-25T02:30', 'Europe/Berlin', '2026-10-25T00:30:00Z'],
  ['2026-03-29T02:30', 'Europe/Berlin', '2026-03-29T01:30:00Z'],
  ['2026-03-29T03:30', 'Europe/Berlin', '2026-03-29T01:30:00Z'],
])('%s in %s is %s', (text, zone, instant) => {
  expect(new Date(instantOfLocal(text, zone) ?? 0).toISOString()).toBe(new Date(instant).toISOString());
});

it.each(['', 'now', '2026-11-23', '2026-11-23T14:05:00Z'])('%j is no local time', (text) => {
  expect(instantOfLocal(text, 'UTC')).toBeNull();
});

it('a marker cuts a range only where whole days lie on both sides of it', () => {
  const marker = (at: number, day: number) => ({ at, text: `${at}`, splits: { hour: at, day } });
  const markers = [marker(5, 10), marker(12, 20), marker(25, 30)];
  const span = { from: 10, to: 30 };
  expect(splittingMarkers(markers, span).map(({ at }) => at)).toEqual([12]);
  expect(uncutMarkers(markers, span).map(({ at }) => at)).toEqual([5, 25]);
});
