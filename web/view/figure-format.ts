import type { LayerFacts } from './layer.ts';
import { formatDuration, formatWhole } from './number-format.ts';

/** A figure in its layer's unit; parts of one (weighted taps, shares of seconds) are rounded. */
export function formatFigure(unit: LayerFacts['unit'], value: number): string {
  if (unit === 'ms') return formatDuration(value);
  if (unit === 'share') return `${Math.round(value * 100)}%`;
  return formatWhole(Math.round(value));
}

/** What the map is of, in its layer's words: 7 and clicks; 3m 20s and of rest. */
export function formatTotal({ unit, nouns: [one, many], drawn }: LayerFacts, total: number): [string, string] {
  const figure = formatFigure(drawn === 'cells' ? unit : 'count', total);
  return [figure, figure === '1' ? one : many];
}
