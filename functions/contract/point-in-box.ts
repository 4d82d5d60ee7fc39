/** Places inside an element's box, for the server that counts what a map can place and for the dashboard that draws it. */
import type { Box } from './answer.ts';

export interface Point {
  x: number;
  y: number;
}

/** `x`, `y`: fractions of the box, 0..1. */
export function pointIn([left, top, width, height]: Box, { x, y }: Point): Point {
  return { x: left + x * width, y: top + y * height };
}

export function holds([left, top, width, height]: Box, { x, y }: Point): boolean {
  return x >= left && y >= top && x <= left + width && y <= top + height;
}
