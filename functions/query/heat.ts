/** A page's heat by element and cell, made of element items. Pure. */
import type { Admission } from '../contract/admission.ts';
import type { AnswerRange, HeatmapElement } from '../contract/answer.ts';
import { type CellLayer, parseCellName, parseTileSort } from '../contract/counter.ts';
import { gridSize } from '../contract/element-grid.ts';
import type { ElementDay } from './element-days.ts';
import { DayElements, type KnownElement } from './element-facts.ts';

/** Value by cell, each cell as `col * gridSize + row`. */
export interface ElementHeat {
  facts: KnownElement;
  cells: Map<number, number>;
}
/** By element key. */
export type Heat = Map<string, ElementHeat>;

/** Moves are kept by day, the other layers by hour: of those, only the hours of the range. */
export function heatOf(day: ElementDay, layer: CellLayer, range: AnswerRange): Heat {
  const heat: Heat = new Map();
  const elements = new DayElements(day.admissions);
  for (const item of day.items) {
    const { when } = parseTileSort(item.key.sk);
    const isWanted = layer === 'move' ? when === 'day' : when !== 'day' && when >= range.from && when < range.to;
    if (!isWanted) continue;
    for (const { element, name, value } of elements.countersOf(item)) {
      const cell = parseCellName(name);
      if (cell?.layer === layer) addCell(heat, element, cell.col * gridSize + cell.row, value);
    }
  }
  return heat;
}

/** Oldest first: cells add up, and an element's newest facts win. */
export function mergeHeat(heats: Heat[]): Heat {
  const merged: Heat = new Map();
  for (const heat of heats) {
    for (const { facts, cells } of heat.values()) {
      for (const [cell, value] of cells) addCell(merged, facts, cell, value);
    }
  }
  return merged;
}

function addCell(heat: Heat, facts: KnownElement, cell: number, value: number): void {
  let element = heat.get(facts.key);
  if (!element) {
    element = { facts, cells: new Map() };
    heat.set(facts.key, element);
  }
  element.facts = facts;
  element.cells.set(cell, (element.cells.get(cell) ?? 0) + value);
}

/**
 * Elements in order of key, cells by column and row. Of more than `cellsMax` cells, the smallest are left out. Elements admitted today
 * carry their places, and are there even without a cell: live totals may name any of them.
 */
export function heatElements(
  heat: Heat,
  today: Admission[],
  cellsMax: number,
): { elements: HeatmapElement[]; leftOut: { cells: number; value: number } } {
  const values = [...heat.values()].flatMap(({ cells }) => [...cells.values()]).sort((a, b) => b - a);
  const least = values.length > cellsMax ? (values[cellsMax - 1] ?? 0) : 0;
  // Of the cells that are equally small, as many as fit, in order: the same ones each time.
  let leastLeft = cellsMax - values.filter((value) => value > least).length;
  const leftOut = { cells: 0, value: 0 };
  const ofToday = new DayElements(today).all;
  const elements: HeatmapElement[] = [];
  for (const { facts, cells } of [...withToday(heat, ofToday).values()].sort((a, b) =>
    a.facts.key < b.facts.key ? -1 : 1,
  )) {
    const shown: HeatmapElement['cells'] = [];
    for (const [cell, value] of [...cells].sort(([a], [b]) => a - b)) {
      if (value > least || (value === least && leastLeft-- > 0)) {
        shown.push([Math.floor(cell / gridSize), cell % gridSize, value]);
      } else {
        leftOut.cells += 1;
        leftOut.value += value;
      }
    }
    const places = ofToday.get(facts.key)?.places ?? [];
    if (shown.length > 0 || places.length > 0) elements.push({ ...facts, places, cells: shown });
  }
  return { elements, leftOut };
}

function withToday(heat: Heat, today: DayElements['all']): Heat {
  const all = new Map(heat);
  for (const [key, { facts }] of today) {
    if (!all.has(key)) all.set(key, { facts, cells: new Map() });
  }
  return all;
}
