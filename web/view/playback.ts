/** A page's heat as it was, frame by frame. Pure. */
import type { PlaybackAnswer } from '../../functions/contract/answer.ts';
import { dayMs } from '../../functions/contract/time-unit.ts';
import type { Span } from '../live/api.ts';
import { type HeatElement, noCounts } from './element-heat.ts';
import { formatTotal } from './figure-format.ts';
import { factsOf, type Layer } from './layer.ts';
import { formatDay, formatMinute } from './time-format.ts';

/** Hours for what is clicked; the rest is shown by the day. Null: bands, boxes and taps are not told by time. */
export function frameUnit(layer: Layer): 'hour' | 'day' | null {
  if (layer === 'tap' || factsOf(layer).drawn !== 'cells') return null;
  return layer === 'click' || layer === 'rage' || layer === 'dead' ? 'hour' : 'day';
}

/** The end of a range that is too long to be played: the API answers a week of hours, a month of days. */
export function playedSpan({ from, to }: Span, by: 'hour' | 'day'): Span {
  return { from: Math.max(from, to - (by === 'hour' ? 7 : 30) * dayMs), to };
}

/** What frame `n` is drawn of: every element, so that the surface stays as it is, with that frame's cells. */
export function frameElements({ elements, frames }: PlaybackAnswer, n: number): HeatElement[] {
  const found = elements.map((element) => ({ ...element, cells: new Map<number, number>(), counts: noCounts }));
  for (const [index, col, row, value] of frames[n]?.cells ?? []) found[index]?.cells.set(col * 4096 + row, value);
  return found;
}

/** The frame with most: the scale of all is its scale, so that a colour means the same in each. 0 without frames. */
export function busiestFrame({ frames }: PlaybackAnswer): number {
  return frames.reduce((best, { total }, n) => (total > (frames[best]?.total ?? 0) ? n : best), 0);
}

/** The first frame in which something happened: the hours before it are empty. 0 without any. */
export function firstFrame({ frames }: PlaybackAnswer): number {
  return Math.max(
    0,
    frames.findIndex(({ total }) => total > 0),
  );
}

/** "23 Nov, 14:00 – 15:00: 12 clicks", in the site's zone. */
export function frameText({ frames, by, zone }: PlaybackAnswer, n: number, layer: Layer): string {
  const frame = frames[n];
  if (!frame) return '';
  const day = formatDay(frame.from, zone);
  const when = by === 'day' ? day : `${day}, ${formatMinute(frame.from, zone)} – ${formatMinute(frame.to, zone)}`;
  return `${when}: ${formatTotal(factsOf(layer), frame.total).join(' ')}`;
}
