import type { HeatLayer } from '../route.ts';
import type { HeatmapView } from '../view/heatmap-view.ts';
import { formatDuration, formatWhole } from '../view/number-format.ts';

interface Props {
  view: HeatmapView;
  layer: HeatLayer;
  /** What the API's answer had no room for. */
  leftOut: number;
}

/** How much is drawn, and how sure its places are. */
export function PlacedLine({ view, layer, leftOut }: Props) {
  const format = layer === 'click' ? formatWhole : formatDuration;
  const { exact, fallback, none } = view.placed;
  const what = layer === 'click' ? (view.total === 1 ? 'click' : 'clicks') : 'of rest';
  const notes = [
    exact > 0 && `${format(exact)} placed exactly`,
    fallback > 0 && `${format(fallback)} at the last seen place`,
    none > 0 && `${format(none)} without a place`,
    leftOut > 0 && `${format(leftOut)} beyond what one map holds`,
  ].filter((note) => note !== false);
  return (
    <p className="placed" data-testid="placed">
      <strong>{format(view.total)}</strong> {what}
      {notes.length > 0 && <span>{notes.join(' · ')}</span>}
    </p>
  );
}
