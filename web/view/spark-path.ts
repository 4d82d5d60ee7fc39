/** Minutes that follow each other are joined by a line; where nothing was measured there is a gap. */
const gapMs = 90_000;
const spanMaxMs = 3 * 3_600_000;

export interface SparkSpan {
  from: number;
  to: number;
  /** It begins with the first that was measured, which is less than three hours ago. */
  isYoung: boolean;
}

/** The time that several lines share: up to three hours, and no longer than there is anything to see. */
export function sparkSpan(
  lines: readonly (readonly (readonly [at: number, value: number])[])[],
  now: number,
): SparkSpan {
  const measured = lines.flatMap((points) => points.map(([at]) => at));
  const [first, last] = [Math.min(...measured), Math.max(...measured)];
  const isYoung = first > now - spanMaxMs + gapMs && first < last;
  return isYoung ? { from: first, to: last, isYoung } : { from: now - spanMaxMs, to: now, isYoung };
}

/** The `d` of an SVG path through points of a time, within `width` × `height`, from zero at the bottom. */
export function sparkPath(
  points: readonly (readonly [at: number, value: number])[],
  { from, to, width, height }: { from: number; to: number; width: number; height: number },
): string {
  const top = Math.max(...points.map(([, value]) => value), Number.MIN_VALUE);
  let before = Number.NEGATIVE_INFINITY;
  return points
    .map(([at, value]) => {
      const x = ((at - from) / (to - from)) * width;
      const y = height - (value / top) * height;
      const isJoined = at - before <= gapMs;
      before = at;
      // A point that stands alone is a line of no length, which round ends make a dot.
      return `${isJoined ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}${isJoined ? '' : 'h0'}`;
    })
    .join('');
}
