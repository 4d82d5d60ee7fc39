/**
 * Where something inside an element is drawn. Of an element that is partly scrolled out of a pane, or folded away, the rest lies over
 * something else on the picture: what happened there is drawn where visitors last saw the element, if that shows, and else nowhere. Pure.
 */
import type { Box } from '../../functions/contract/answer.ts';
import { holds, type Point, pointIn } from '../../functions/contract/point-in-box.ts';

/** Of an element that the picture shows in part. */
export interface Cut {
  /** What its surroundings let through. */
  window: Box;
  lastSeen: Box | null;
}

/** A whole box, on the surface. */
export interface Placing {
  box: Box | null;
  exact: boolean;
  cut?: Cut;
}

/** `inside`: fractions of the element's box. Null: without a place. */
export function placeIn({ box, exact, cut }: Placing, inside: Point): (Point & { exact: boolean }) | null {
  if (!box) return null;
  const point = pointIn(box, inside);
  if (!cut || holds(cut.window, point)) return { ...point, exact };
  const seen = cut.lastSeen && pointIn(cut.lastSeen, inside);
  return seen && holds(cut.window, seen) ? { ...seen, exact: false } : null;
}

/** What of an element can be seen. */
export function shownBox({ box, cut }: Pick<Placing, 'box' | 'cut'>): Box | null {
  if (!box || !cut) return box;
  const [left, top, width, height] = box;
  const [windowLeft, windowTop, windowWidth, windowHeight] = cut.window;
  const [x, y] = [Math.max(left, windowLeft), Math.max(top, windowTop)];
  return [
    x,
    y,
    Math.min(left + width, windowLeft + windowWidth) - x,
    Math.min(top + height, windowTop + windowHeight) - y,
  ];
}
