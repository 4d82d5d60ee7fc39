import type { ScaleEnd } from '../view/heat-scale.ts';
import type { LayerFacts } from '../view/layer.ts';
import { mapLegend } from '../view/map-legend.ts';
import { ScaleSwitch } from './scale-switch.tsx';

interface Props {
  facts: LayerFacts;
  scale: ScaleEnd;
  /** Radius of the brush, in px of the page. */
  brushPx: number;
  /** Where the reader fixed the scale's end; null: it follows the map. */
  fixedAt: number | null;
  onFix: (end: number | null) => void;
}

/** What a colour means: a figure with its unit at quarter lengths of the scale, and whether the scale follows the map. */
export function HeatLegend({ facts, scale, brushPx, fixedAt, onFix }: Props) {
  const { title, stops, ticks } = mapLegend(facts, scale, brushPx);
  const colors = stops.map(({ position, color }) => `${color} ${(position * 100).toFixed(1)}%`);
  return (
    <figure className="legend" data-testid="legend" data-max={scale.end}>
      <figcaption>{title}</figcaption>
      <div className="legend-figures">
        <div className="legend-scale" style={{ background: `linear-gradient(to right, ${colors.join(', ')})` }} />
        <div className="legend-ticks">
          {ticks.map(({ position, text }) => (
            <span key={position} className="legend-tick" style={{ left: `${position * 100}%` }}>
              {text}
            </span>
          ))}
        </div>
      </div>
      {facts.unit === 'share' ? (
        <p className="quiet">Always ends at all views</p>
      ) : (
        <ScaleSwitch unit={facts.unit} end={scale.end} fixedAt={fixedAt} onFix={onFix} />
      )}
    </figure>
  );
}
