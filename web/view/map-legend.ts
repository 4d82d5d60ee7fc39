/** What the legend says, on the screen and on an exported picture. Pure. */
import { formatFigure } from './figure-format.ts';
import { type Curve, legendStops, legendTicks, type ScaleEnd } from './heat-scale.ts';
import type { LayerFacts } from './layer.ts';

export interface MapLegend {
  title: string;
  stops: { position: number; color: string }[];
  ticks: { position: number; text: string }[];
}

/** `brushPx`: radius of the brush, in px of the page. */
export function mapLegend(facts: LayerFacts, { end, isExceeded }: ScaleEnd, brushPx: number): MapLegend {
  const curve: Curve = facts.drawn === 'cells' ? 'root' : 'even';
  return {
    title: facts.drawn === 'cells' ? `${facts.measure} within ${brushPx} px of the page` : facts.measure,
    stops: legendStops(),
    ticks: legendTicks(end, curve).map(({ position, value }) => ({
      position,
      text: `${formatFigure(facts.unit, value)}${position === 1 && isExceeded ? '+' : ''}`,
    })),
  };
}
