/** The end of an axis that holds `max`: 4, 6, 8, 10, 20, 30, 40 …, an even number, so that its half is a whole one. */
export function niceMax(max: number): number {
  if (max <= 4) return 4;
  const power = 10 ** Math.floor(Math.log10(max));
  for (const factor of [1, 2, 3, 4, 5, 6, 8, 10]) {
    if (factor * power >= max && (factor * power) % 2 === 0) return factor * power;
  }
  return 10 * power;
}

/** Which of `count` columns get a label, so that they are at least `every` columns apart and the last one has one. */
export function labelledColumns(count: number, every: number): number[] {
  const columns: number[] = [];
  for (let column = count - 1; column >= 0; column -= every) columns.unshift(column);
  return columns;
}
