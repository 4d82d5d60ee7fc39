import type { Capture, CaptureElement, HeatmapAnswer } from '../contract/answer.ts';
import { fractionOf, gridSize } from '../contract/element-grid.ts';
import { holds, pointIn } from '../contract/point-in-box.ts';
import type { Heat } from './heat.ts';

/**
 * How much of a map stands where it belongs: on boxes that the capture has now, on the box where an element was last seen, or
 * nowhere. As far as the server knows: a dashboard that draws on another surface counts for itself.
 */
export function placedOn(capture: Capture | null, heat: Heat): { placed: HeatmapAnswer['placed']; max: number } {
  const onCapture = new Map(capture && 'elements' in capture ? capture.elements.map((one) => [one.key, one]) : []);
  const placed = { exact: 0, fallback: 0, none: 0 };
  let max = 0;
  for (const { facts, cells } of heat.values()) {
    const shown = onCapture.get(facts.key);
    const otherwise = facts.box ? 'fallback' : 'none';
    for (const [cell, value] of cells) {
      placed[shown && showsCell(shown, cell) ? 'exact' : otherwise] += value;
      max = Math.max(max, value);
    }
  }
  return { placed, max };
}

function showsCell({ box, window }: CaptureElement, cell: number): boolean {
  const inside = { x: fractionOf(Math.floor(cell / gridSize)), y: fractionOf(cell % gridSize) };
  return !window || holds(window, pointIn(box, inside));
}
