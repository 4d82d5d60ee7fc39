import { formatFigure, formatTotal } from '../view/figure-format.ts';
import type { HeatmapView } from '../view/heatmap-view.ts';
import { factsOf, type Layer } from '../view/layer.ts';

interface Props {
  /** False while it is being asked. */
  isKnown: boolean;
  layer: Layer;
  /** What the map is of, in the layer's nouns. */
  total: number;
  placed: HeatmapView['placed'];
  /** What the API's answer had no room for. */
  leftOut: number;
}

/** How much is drawn, and how sure its places are. */
export function PlacedLine({ isKnown, layer, total, placed, leftOut }: Props) {
  const facts = factsOf(layer);
  if (!isKnown) return <p className="placed quiet">Loading the map …</p>;
  const format = (value: number) => formatFigure(facts.unit, value);
  const notes = [
    `${format(placed.exact)} placed exactly`,
    ...(placed.fallback > 0 ? [`${format(placed.fallback)} at the last seen place`] : []),
    ...(placed.none > 0 ? [`${format(placed.none)} without a place`] : []),
    ...(leftOut > 0 ? [`${format(leftOut)} beyond what one map holds`] : []),
  ];
  const [figure, noun] = formatTotal(facts, total);
  return (
    <p className="placed" data-testid="placed">
      <strong>{figure}</strong> {noun}
      {facts.drawn === 'cells' && <span>{notes.join(' · ')}</span>}
    </p>
  );
}
