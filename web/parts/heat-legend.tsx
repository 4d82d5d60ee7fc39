import type { HeatLayer } from '../route.ts';
import { legendStops, legendTicks } from '../view/heat-scale.ts';
import { formatDuration, formatWhole } from '../view/number-format.ts';

interface Props {
  layer: HeatLayer;
  max: number;
  /** Radius of the brush, in px of the page. */
  brushPx: number;
}

/** What a colour means: a figure with its unit at quarter lengths of the scale. */
export function HeatLegend({ layer, max, brushPx }: Props) {
  const format = layer === 'click' ? formatWhole : formatDuration;
  const unit = layer === 'click' ? 'Clicks' : 'Rest time';
  const stops = legendStops().map(({ position, color }) => `${color} ${(position * 100).toFixed(1)}%`);
  return (
    <figure className="legend" data-testid="legend" data-max={max}>
      <figcaption>
        {unit} within {brushPx} px of the page
      </figcaption>
      <div className="legend-scale" style={{ background: `linear-gradient(to right, ${stops.join(', ')})` }} />
      <div className="legend-ticks">
        {legendTicks(max).map(({ position, value }) => (
          <span key={position} className="legend-tick" style={{ left: `${position * 100}%` }}>
            {format(value)}
          </span>
        ))}
      </div>
    </figure>
  );
}
