import type { Capture, HeatmapAnswer } from '../contract/answer.ts';
import type { Heat } from './heat.ts';

/**
 * How much of a map stands where it belongs: on boxes that the capture has now, on the box where an element was last seen, or
 * nowhere. As far as the server knows: a dashboard that draws on another surface counts for itself.
 */
export function placedOn(capture: Capture | null, heat: Heat): { placed: HeatmapAnswer['placed']; max: number } {
  const onCapture = new Set(capture && 'elements' in capture ? capture.elements.map(({ key }) => key) : []);
  const placed = { exact: 0, fallback: 0, none: 0 };
  let max = 0;
  for (const { facts, cells } of heat.values()) {
    const where = onCapture.has(facts.key) ? 'exact' : facts.box ? 'fallback' : 'none';
    for (const value of cells.values()) {
      placed[where] += value;
      max = Math.max(max, value);
    }
  }
  return { placed, max };
}
