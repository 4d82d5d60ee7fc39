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
  return (at, x, y) => {
    if (Math.hypot(x - lastX, y - lastY) > withinPx) times = [];
    lastX = x;
    lastY = y;
    // Each click of a burst has two before it in the same second.
    if (at - (times[times.length - 2] ?? at) > withinMs) times = times.slice(-1);
    return times.push(at) > 2 ? times.length : 0;
  };
}
