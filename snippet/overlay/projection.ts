/** From cells to places on the screen. Cells are fractions of their element's box, so they land where the element is now. */
import { fractionOf, gridSize } from '../../functions/contract/element-grid.ts';

/** In px of the viewport. */
export interface Rect {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** An element as it shows now: its box, and what of it the scroll containers around it let through. */
export interface Showing {
  box: Rect;
  clip: Rect;
}

export interface Heated {
  key: string;
  /** By `col * 4096 + row`. */
  cells: ReadonlyMap<number, number>;
}

export interface Spot {
  x: number;
  y: number;
  value: number;
}

export const everywhere: Rect = { left: -Infinity, top: -Infinity, right: Infinity, bottom: Infinity };

/** The spots that fall inside `frame` and are let through. */
export function project(
  elements: readonly Heated[],
  showing: (key: string) => Showing | null,
  frame: Rect = everywhere,
): Spot[] {
  const spots: Spot[] = [];
  for (const { key, cells } of elements) {
    const shown = showing(key);
    if (!shown) continue;
    const through = intersection(shown.clip, frame);
    if (isEmpty(intersection(shown.box, through))) continue;
    const { left, top, right, bottom } = shown.box;
    for (const [cell, value] of cells) {
      const x = left + fractionOf(Math.floor(cell / gridSize)) * (right - left);
      const y = top + fractionOf(cell % gridSize) * (bottom - top);
      if (x >= through.left && x <= through.right && y >= through.top && y <= through.bottom) {
        spots.push({ x, y, value });
      }
    }
  }
  return spots;
}

/** How much of what was counted stands on elements that the page shows now; what does not is in no spot. */
export function placedOf(
  elements: readonly Heated[],
  showing: (key: string) => Showing | null,
): { placed: number; total: number } {
  const sums = { placed: 0, total: 0 };
  for (const { key, cells } of elements) {
    let sum = 0;
    for (const value of cells.values()) sum += value;
    sums.total += sum;
    if (showing(key)) sums.placed += sum;
  }
  return sums;
}

export function intersection(a: Rect, b: Rect): Rect {
  return {
    left: Math.max(a.left, b.left),
    top: Math.max(a.top, b.top),
    right: Math.min(a.right, b.right),
    bottom: Math.min(a.bottom, b.bottom),
  };
}

export function isEmpty({ left, top, right, bottom }: Rect): boolean {
  return right <= left || bottom <= top;
}

export function grown({ left, top, right, bottom }: Rect, by: number): Rect {
  return { left: left - by, top: top - by, right: right + by, bottom: bottom + by };
}
