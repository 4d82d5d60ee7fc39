import { csvText } from '../../functions/contract/csv.ts';
import { columnNames, type ElementColumn, elementColumns, type Whole } from './element-columns.ts';
import type { PlacedElement } from './heatmap-view.ts';

/**
 * All elements with all their columns, in the order given, whatever is shown. Figures are bare: shares from 0 to 1 with four
 * digits, times in ms.
 */
export function elementCsv(elements: readonly PlacedElement[], whole: Whole): string {
  const head = ['label', 'key', ...columnNames, 'placed'];
  const rows = elements.map((element) => [
    element.label,
    element.key,
    ...columnNames.map((name) => {
      const column: ElementColumn = elementColumns[name];
      const value = column.value(element.counts, whole);
      return value === null ? null : Math.round(value * 10_000) / 10_000;
    }),
    element.box ? (element.exact ? 'exactly' : 'by fallback') : 'not at all',
  ]);
  return csvText([head, ...rows]);
}
