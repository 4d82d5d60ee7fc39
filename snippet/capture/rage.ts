const withinMs = 1_000;
const withinPx = 30;

/**
 * Recognises clicks of rage: three within 1 s, each at most 30 px from the one before.
 * @returns told of each click (`at` in ms, `x` and `y` in px), it answers how many the burst has so far; 0 when there is none
 */
export function createRage(): (at: number, x: number, y: number) => number {
  let count = 0;
  let last = 0;
  let lastButOne = 0;
  let lastX = 0;
  let lastY = 0;
  return (at, x, y) => {
    const isFar = Math.hypot(x - lastX, y - lastY) > withinPx;
    // Each click of a burst has two before it in the same second; with the one before it may begin another.
    count = isFar ? 1 : at - lastButOne > withinMs ? 2 : count + 1;
    lastButOne = last;
    last = at;
    lastX = x;
    lastY = y;
    return count > 2 ? count : 0;
  };
}
