/** Where markers stand on a chart, and when a reader says that one was. Pure. */
import { dayMs, zoneOffsetMs } from '../../functions/contract/time-unit.ts';

/** The texts of the markers in each column, given where columns begin, oldest first. The last one has no end. */
export function chartMarks(starts: readonly number[], markers: readonly { at: number; text: string }[]): string[][] {
  const marks: string[][] = starts.map(() => []);
  for (const { at, text } of markers) {
    const column = starts.findLastIndex((start) => start <= at);
    marks[column]?.push(text);
  }
  return marks;
}

/** The instant of `2026-11-23T14:05` in a zone; null for what is no such text. Where clocks go back, the first of the two. */
export function instantOfLocal(text: string, zone: string): number | null {
  const asUtc = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(text) ? Date.parse(`${text}Z`) : Number.NaN;
  if (Number.isNaN(asUtc)) return null;
  // The offset of a day before and of a day after: where they differ, one of them holds at the instant that it gives.
  const offsets = [asUtc - dayMs, asUtc + dayMs].map((at) => zoneOffsetMs(at, zone));
  const found = offsets.map((offset) => asUtc - offset).filter((at) => at + zoneOffsetMs(at, zone) === asUtc);
  return found.length > 0 ? Math.min(...found) : asUtc - (offsets[0] ?? 0);
}
