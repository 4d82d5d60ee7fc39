/** A page's heat hour by hour or day by day, made of element items. Pure. */
import type { AnswerRange, PlaybackElement, PlaybackFrame } from '../contract/answer.ts';
import { type CellLayer, parseTileSort } from '../contract/counter.ts';
import { gridSize } from '../contract/element-grid.ts';
import type { ElementDay } from './element-days.ts';
import type { KnownElement } from './element-facts.ts';
import { type Heat, heatOf } from './heat.ts';

export interface FrameHeat {
  from: number;
  to: number;
  heat: Heat;
}

/** A day's heat by the hour that it is of (its first instant): only the hours of the range. */
export function hourHeats(day: ElementDay, layer: CellLayer, range: AnswerRange): Map<number, Heat> {
  const byHour = new Map<number, ElementDay['items']>();
  for (const item of day.items) {
    const { when } = parseTileSort(item.key.sk);
    if (when !== 'day') byHour.set(when, [...(byHour.get(when) ?? []), item]);
  }
  const heats = new Map<number, Heat>();
  for (const [hour, items] of byHour) {
    const heat = heatOf({ admissions: day.admissions, items }, layer, range);
    if (heat.size > 0) heats.set(hour, heat);
  }
  return heats;
}

export interface PlaybackBounds {
  cellsMax: number;
  elementsMax: number;
}

/**
 * Elements in order of key, named in frames by their place in that list; newest facts win. Beyond the bounds, the elements with the
 * least are left out, then the smallest cells.
 */
export function playbackOf(
  frames: readonly FrameHeat[],
  { cellsMax, elementsMax }: PlaybackBounds,
): {
  elements: PlaybackElement[];
  frames: PlaybackFrame[];
  max: number;
  total: number;
  leftOut: { cells: number; value: number };
} {
  const elements = elementsOf(frames, elementsMax);
  const indexOf = new Map(elements.map(({ key }, index) => [key, index]));
  const values = frames.flatMap(({ heat }) =>
    [...heat.values()].flatMap(({ facts, cells }) => (indexOf.has(facts.key) ? [...cells.values()] : [])),
  );
  values.sort((a, b) => b - a);
  const least = values.length > cellsMax ? (values[cellsMax - 1] ?? 0) : 0;
  // Of the cells that are equally small, as many as fit, in order: the same ones each time.
  let leastLeft = cellsMax - values.filter((value) => value > least).length;
  const leftOut = { cells: 0, value: 0 };
  const sums = { max: 0, total: 0 };
  const shown = frames.map(({ from, to, heat }) => {
    const frame: PlaybackFrame = { from, to, cells: [], total: 0 };
    for (const { facts, cells } of [...heat.values()].sort((a, b) => (a.facts.key < b.facts.key ? -1 : 1))) {
      const index = indexOf.get(facts.key);
      for (const [cell, value] of [...cells].sort(([a], [b]) => a - b)) {
        frame.total += value;
        sums.max = Math.max(sums.max, value);
        if (index !== undefined && (value > least || (value === least && leastLeft-- > 0))) {
          frame.cells.push([index, Math.floor(cell / gridSize), cell % gridSize, value]);
        } else {
          leftOut.cells += 1;
          leftOut.value += value;
        }
      }
    }
    sums.total += frame.total;
    return frame;
  });
  return { elements, frames: shown, ...sums, leftOut };
}

/** Those with most, in order of key. */
function elementsOf(frames: readonly FrameHeat[], elementsMax: number): PlaybackElement[] {
  const known = new Map<string, { facts: KnownElement; sum: number }>();
  for (const { heat } of frames) {
    for (const { facts, cells } of heat.values()) {
      let sum = known.get(facts.key)?.sum ?? 0;
      for (const value of cells.values()) sum += value;
      known.set(facts.key, { facts, sum });
    }
  }
  return [...known.values()]
    .sort((a, b) => b.sum - a.sum || (a.facts.key < b.facts.key ? -1 : 1))
    .slice(0, elementsMax)
    .map(({ facts }) => ({ ...facts }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}
