/** What is drawn over a page beside heat: filled boxes, and lines across. In px of the surface. */
import type { Box } from '../../functions/contract/answer.ts';

export interface MapShape {
  box: Box;
  color: string;
  /** The figures, for a reader who points at it. */
  text: string;
}

export interface MapLine {
  y: number;
  /** Where it begins and how long it is; absent: across the whole surface. */
  left?: number;
  width?: number;
  label: string;
  kind: 'fold' | 'share';
}

/** The smallest shape that holds a place. */
export function shapeAt(shapes: readonly MapShape[], x: number, y: number): MapShape | null {
  const holds = ({ box: [left, top, width, height] }: MapShape) =>
    x >= left && y >= top && x < left + width && y < top + height;
  const area = ({ box }: MapShape) => box[2] * box[3];
  return shapes.filter(holds).sort((a, b) => area(a) - area(b))[0] ?? null;
}
