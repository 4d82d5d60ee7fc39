/**
 * What is known of a page's elements: the API's answers (facts, earlier days, today up to the answer) and today's live totals.
 * Both count the same counters, and counters only grow: of today's two figures the larger is the newer.
 */
import type { Box, ElementRow, HeatmapAnswer } from '../../functions/contract/answer.ts';
import { type CellLayer, elementName, parseCellName, parseElementSort } from '../../functions/contract/counter.ts';
import type { LiveItem } from '../live/merge.ts';

export interface ElementCounts {
  clicks: number;
  rage: number;
  hovers: number;
  hoverMs: number;
  hesitations: number;
}

export interface HeatElement {
  key: string;
  label: string;
  box: Box | null;
  viewportWidth: number;
  /** By `col * 4096 + row`. */
  cells: Map<number, number>;
  counts: ElementCounts;
}

/** One span's answers: of `/heatmap` and of `/elements`. */
export interface HeatAnswers {
  heatmap: HeatmapAnswer;
  rows: readonly ElementRow[];
}

export interface LiveElement {
  cells: Map<number, number>;
  counts: ElementCounts;
}

const noCounts: ElementCounts = { clicks: 0, rage: 0, hovers: 0, hoverMs: 0, hesitations: 0 };
const countNames = Object.keys(noCounts) as (keyof ElementCounts)[];

/** Today's live totals of one partition, by slot: an element's hours and blocks added up. */
export function liveElements(items: Iterable<LiveItem>, partition: string, layer: CellLayer): Map<number, LiveElement> {
  const bySlot = new Map<number, LiveElement>();
  for (const { pk, sk, counters } of items) {
    if (pk !== partition) continue;
    const { slot } = parseElementSort(sk);
    const element = bySlot.get(slot) ?? { cells: new Map(), counts: { ...noCounts } };
    bySlot.set(slot, element);
    for (const name of countNames) element.counts[name] += counters[elementName[name]] ?? 0;
    for (const [name, value] of Object.entries(counters)) {
      const parsed = parseCellName(name);
      if (parsed?.layer !== layer) continue;
      const cell = parsed.col * 4096 + parsed.row;
      element.cells.set(cell, (element.cells.get(cell) ?? 0) + value);
    }
  }
  return bySlot;
}

export interface ElementHeat {
  elements: HeatElement[];
  /**
   * Slots of live totals that the answers don't know yet, with what they count: empty when all are known. When it changes, the
   * answers should be asked for again.
   */
  unknown: string;
}

/** `earlier`: the days of the range before today; null where the range is today. */
export function elementHeat(
  earlier: HeatAnswers | null,
  today: HeatAnswers,
  live: ReadonlyMap<number, LiveElement>,
): ElementHeat {
  const elements = new Map<string, HeatElement>();
  const keyOfSlot = new Map<number, string>();
  for (const { key, slot } of today.heatmap.elements) if (slot !== null) keyOfSlot.set(slot, key);
  addAnswers(elements, today);
  const unknown: string[] = [];
  for (const [slot, totals] of live) {
    const element = elements.get(keyOfSlot.get(slot) ?? '');
    if (element) raiseTo(element, totals);
    else unknown.push(`${slot}:${Object.values(totals.counts).join(',')},${totals.cells.size}`);
  }
  if (earlier) addAnswers(elements, earlier);
  return { elements: [...elements.values()], unknown: unknown.join(' ') };
}

function addAnswers(elements: Map<string, HeatElement>, { heatmap, rows }: HeatAnswers): void {
  for (const { key, label, box, viewportWidth, cells } of heatmap.elements) {
    const element = elementOf(elements, key);
    element.label ||= label;
    element.box ??= box;
    element.viewportWidth ||= viewportWidth;
    for (const [col, row, value] of cells) {
      const cell = col * 4096 + row;
      element.cells.set(cell, (element.cells.get(cell) ?? 0) + value);
    }
  }
  for (const row of rows) {
    const element = elementOf(elements, row.key);
    element.label ||= row.label;
    for (const name of countNames) element.counts[name] += row[name];
  }
}

function elementOf(elements: Map<string, HeatElement>, key: string): HeatElement {
  let element = elements.get(key);
  if (!element) {
    element = { key, label: '', box: null, viewportWidth: 0, cells: new Map(), counts: { ...noCounts } };
    elements.set(key, element);
  }
  return element;
}

function raiseTo(element: HeatElement, live: LiveElement): void {
  for (const [cell, value] of live.cells) {
    if (value > (element.cells.get(cell) ?? 0)) element.cells.set(cell, value);
  }
  for (const name of countNames) element.counts[name] = Math.max(element.counts[name], live.counts[name]);
}
