import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { PlaybackAnswer, PlaybackFrame } from '../../../functions/contract/answer.ts';
import { Scrubber } from '../../../web/parts/scrubber.tsx';
import { heatmapView } from '../../../web/view/heatmap-view.ts';
import {
  busiestFrame,
  firstFrame,
  frameElements,
  frameText,
  frameUnit,
  playedSpan,
} from '../../../web/view/playback.ts';

const hourMs = 3_600_000;
const start = Date.parse('2026-11-22T23:00Z');
const element = (key: string, x: number) => ({
  key,
  label: key,
  box: [x, 100, 100, 50] as [number, number, number, number],
  viewportWidth: 1280,
  clickable: true,
});

/** A day on which clicks drift from the left element to the right one. */
function driftingDay(): PlaybackAnswer {
  const frames = Array.from({ length: 24 }, (_, hour): PlaybackFrame => {
    const cells: PlaybackFrame['cells'] = [];
    if (hour < 23) cells.push([0, 2048, 2048, 23 - hour]);
    if (hour > 0) cells.push([1, 2048, 2048, 2 * hour]);
    const total = cells.reduce((sum, [, , , value]) => sum + value, 0);
    return { from: start + hour * hourMs, to: start + (hour + 1) * hourMs, cells, total };
  });
  const page = { path: '/', layer: 'click', device: 'desktop', unit: 'count', grid: 4096, by: 'hour' } as const;
  const sums = { max: 46, total: 0, leftOut: { cells: 0, value: 0 } };
  return {
    ...{ from: start, to: start + 24 * hourMs, zone: 'Europe/Berlin' },
    ...{ ...page, elements: [element('#left', 100), element('#right', 900)], frames, ...sums },
  };
}

/** Where on the surface the middle of the frame's clicks is. */
function middleOf(answer: PlaybackAnswer, n: number): number {
  const { spots, total } = heatmapView(frameElements(answer, n), null, 'desktop');
  return spots.reduce((sum, { x, value }) => sum + x * value, 0) / total;
}

describe('playback', () => {
  it('shows clicks drift over the page, hour by hour', () => {
    const day = driftingDay();
    const middles = day.frames.map((_, n) => middleOf(day, n));
    expect(middles[0]).toBeCloseTo(150, 0);
    expect(middles[23]).toBeCloseTo(950, 0);
    for (const [hour, middle] of middles.slice(1).entries()) expect(middle).toBeGreaterThan(middles[hour] ?? 0);
  });

  it('keeps the surface and the elements of every frame the same', () => {
    const day = driftingDay();
    const shapes = day.frames.map((_, n) => {
      const { width, height, elements } = heatmapView(frameElements(day, n), null, 'desktop');
      return JSON.stringify([width, height, elements]);
    });
    expect(new Set(shapes).size).toBe(1);
    expect(frameElements(day, 99).every(({ cells }) => cells.size === 0)).toBe(true);
  });

  it('knows the busiest frame, whose scale is that of all', () => {
    expect(busiestFrame(driftingDay())).toBe(23);
    expect(busiestFrame({ ...driftingDay(), frames: [] })).toBe(0);
  });

  it('begins where something happened', () => {
    const day = driftingDay();
    const quiet = day.frames.slice(0, 3).map((frame): PlaybackFrame => ({ ...frame, total: 0, cells: [] }));
    expect(firstFrame({ ...day, frames: [...quiet, ...day.frames] })).toBe(3);
    expect(firstFrame({ ...day, frames: quiet })).toBe(0);
  });

  it('says what a frame is in the site’s time', () => {
    const day = driftingDay();
    expect(frameText(day, 0, 'click')).toBe('23 Nov, 00:00 – 01:00: 23 clicks');
    expect(frameText({ ...day, by: 'day' }, 1, 'move')).toBe('23 Nov: 0s of rest');
    expect(frameText(day, 24, 'click')).toBe('');
  });

  it('plays hours of clicks, days of the other cells, and nothing else', () => {
    expect((['click', 'rage', 'dead', 'move', 'hover', 'hesitation'] as const).map(frameUnit)).toEqual([
      ...['hour', 'hour', 'hour', 'day', 'day', 'day'],
    ]);
    expect((['tap', 'reach', 'time', 'underused', 'field'] as const).map(frameUnit)).toEqual(Array(5).fill(null));
  });

  it('plays the end of a range that is too long', () => {
    const to = start + 60 * 24 * hourMs;
    expect(playedSpan({ from: start, to }, 'hour')).toEqual({ from: to - 7 * 24 * hourMs, to });
    expect(playedSpan({ from: start, to }, 'day')).toEqual({ from: to - 30 * 24 * hourMs, to });
    expect(playedSpan({ from: to - hourMs, to }, 'hour')).toEqual({ from: to - hourMs, to });
  });
});

describe('the scrubber', () => {
  const markup = (count: number, frame: number) =>
    renderToStaticMarkup(
      createElement(Scrubber, { count, frame, text: '23 Nov, 14:00 – 15:00: 3 clicks', marked: [7], onFrame() {} }),
    );
  it('is a slider of the browser’s own that says which frame it stands at', () => {
    expect(markup(24, 14)).toContain('type="range" min="0" max="23" step="1"');
    expect(markup(24, 14)).toContain('aria-valuetext="23 Nov, 14:00 – 15:00: 3 clicks"');
    expect(markup(24, 14)).toContain('>Play</button>');
    expect(markup(24, 14)).toContain('<option value="7"></option></datalist>');
  });
  it('has nothing to play where there is one frame', () => {
    expect(markup(1, 0)).toContain('disabled');
    expect(markup(2, 0)).not.toContain('disabled');
  });
});
