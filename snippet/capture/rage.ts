const withinMs = 1_000;
const withinPx = 30;

/**
 * Recognises clicks of rage: three within 1 s, each at most 30 px from the one before.
 * @returns told of each click (`at` in ms, `x` and `y` in px), it answers how many the burst has so far; 0 when there is none
 */
export function createRage(): (at: number, x: number, y: number) => number {
  let times: number[] = [];
  let lastX = 0;
  let lastY = 0;
  let clicks = 0;
  return (at, x, y) => {
    if (Math.hypot(x - lastX, y - lastY) > withinPx) times = [];
    lastX = x;
    lastY = y;
    times = [...times, at].slice(-3);
    const isBurst = times.length > 2 && at - (times[0] ?? 0) <= withinMs;
    clicks = isBurst ? Math.max(3, clicks + 1) : 0;
    return clicks;
  };
}
