import type { Heated } from './projection.ts';

/** New heat is there after so many frames: 0.4 s on most screens. */
export const fadeFrames = 24;

/** The elements with only `share` (0..1) of what has grown on them; all else is as it is. */
export function fadeIn<T extends Heated>(elements: readonly T[], grown: readonly Heated[], share: number): T[] {
  const growing = new Map<string, Map<number, number>>();
  for (const { key, cells } of grown) {
    const known = growing.get(key) ?? new Map<number, number>();
    growing.set(key, known);
    for (const [cell, by] of cells) known.set(cell, by);
  }
  return elements.map((element) => {
    const own = growing.get(element.key);
    if (!own) return element;
    const cells = new Map(element.cells);
    for (const [cell, by] of own) cells.set(cell, (cells.get(cell) ?? 0) - by * (1 - share));
    return { ...element, cells };
  });
}
