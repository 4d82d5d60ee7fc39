/** What the page saves: the map as a picture, its elements as a table. */

import { exportName } from '../functions/contract/export-file.ts';
import { mapPicture, pictureBrushPx } from './map-picture.ts';
import type { HeatmapRoute } from './route.ts';
import { csvBlob, saveFile } from './save-file.ts';
import type { Whole } from './view/element-columns.ts';
import { elementCsv } from './view/element-csv.ts';
import { formatFigure, formatTotal } from './view/figure-format.ts';
import type { HeatmapView } from './view/heatmap-view.ts';
import { factsOf } from './view/layer.ts';
import { type MapWish, mapDrawing } from './view/map-drawing.ts';
import { formatInstant, formatSpan } from './view/time-format.ts';

export interface ExportWish {
  siteName: string;
  zone: string;
  route: HeatmapRoute;
  /** The range that is shown, ms since the epoch. */
  from: number;
  to: number;
  map: Omit<MapWish, 'brushPx'>;
  /** Object URL of the page's picture, and when it was taken; '' where there is none. */
  picture: string;
  takenAt: number;
}

export async function exportPicture(wish: ExportWish): Promise<void> {
  const { siteName, zone, route, map, picture } = wish;
  const facts = factsOf(route.layer);
  const drawing = mapDrawing({ ...map, brushPx: pictureBrushPx({ facts, view: map.view }) });
  const page =
    picture === '' ? 'boxes of its elements stand for the page' : `page as of ${formatInstant(wish.takenAt, zone)}`;
  const blob = await mapPicture({
    facts,
    view: map.view,
    drawing,
    picture,
    title: `${facts.label} · ${route.path}`,
    lines: [
      `${siteName} · ${route.device} · ${formatSpan(wish.from, wish.to, zone)}`,
      `${formatTotal(facts, drawing.total).join(' ')} · ${placedText(route, map.view)}${page}`,
    ],
    scaleText: scaleText(route),
  });
  saveFile(exportName(['heatmap', route.path, route.device, route.layer, dayOf(wish)], 'png'), blob);
}

export function exportTable(wish: Pick<ExportWish, 'route' | 'to' | 'map'>, whole: Whole): void {
  const { route, map } = wish;
  const rows = [...map.view.elements].sort((a, b) => b.counts.clicks - a.counts.clicks);
  saveFile(exportName(['elements', route.path, route.device, dayOf(wish)], 'csv'), csvBlob(elementCsv(rows, whole)));
}

function placedText({ layer }: HeatmapRoute, { placed }: HeatmapView): string {
  const { drawn, unit } = factsOf(layer);
  if (drawn !== 'cells') return '';
  const [exact, fallback, none] = [placed.exact, placed.fallback, placed.none].map((value) =>
    formatFigure(unit, value),
  );
  return `${exact} placed exactly, ${fallback} at the last seen place, ${none} without a place · `;
}

function scaleText({ layer, scaleEnd }: HeatmapRoute): string {
  const { unit } = factsOf(layer);
  if (unit === 'share') return 'of all views';
  return scaleEnd === null
    ? 'scale ends at the 99th percentile of places'
    : `scale fixed at ${formatFigure(unit, scaleEnd)}`;
}

/** The range's last day, for a file's name. */
function dayOf({ to }: { to: number }): string {
  return new Date(to - 1).toISOString().slice(0, 10);
}
