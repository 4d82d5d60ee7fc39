/** How forms are filled in, as boxes over their fields: coloured by how often the form was left there. Pure. */
import { legendColor, type ScaleEnd, scaleEndOf } from './heat-scale.ts';
import type { PlacedElement } from './heatmap-view.ts';
import { factsOf } from './layer.ts';
import type { MapShape } from './map-shape.ts';
import { formatDuration, formatShare, formatWhole } from './number-format.ts';
import { shownBox } from './placing.ts';

const boxAlpha = 0.5;

export interface FieldMap extends ScaleEnd {
  shapes: MapShape[];
  /** Fields that somebody came to, those without a place on the map included. */
  total: number;
}

export function fieldMap(elements: readonly PlacedElement[], fixedAt: number | null): FieldMap {
  const fields = elements.filter(({ counts }) => counts.focuses + counts.abandons > 0);
  const scale = scaleEndOf(
    fields.map(({ counts }) => counts.abandons),
    fixedAt,
    factsOf('field').scaleEndMin,
  );
  const shapes = fields.flatMap((field): MapShape[] => {
    const box = shownBox(field);
    if (!box) return [];
    const color = legendColor(Math.min(1, field.counts.abandons / scale.end), boxAlpha);
    return [{ box, color, text: textOf(field) }];
  });
  return { shapes, total: fields.length, ...scale };
}

function textOf({ key, label, counts }: PlacedElement): string {
  const { focuses, focusMs, changes, abandons } = counts;
  const visits = `${formatWhole(focuses)} visits of ${formatDuration(focuses > 0 ? focusMs / focuses : 0)}`;
  const changed = `${formatWhole(changes)} changed it`;
  return `${label || key}: ${visits}, ${changed} · ${formatWhole(abandons)} left the form here (${formatShare(abandons, focuses)})`;
}
