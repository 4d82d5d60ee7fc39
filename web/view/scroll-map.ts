/** How far a page was read, as bands over it, with the lines that a reader looks for. Pure. */
import type { ScrollReach } from '../../functions/contract/answer.ts';
import { legendColor, type ScaleEnd, scaleEndOf } from './heat-scale.ts';
import { factsOf } from './layer.ts';
import type { MapLine, MapShape } from './map-shape.ts';
import { formatDuration, formatNumbered, formatShare, formatWhole } from './number-format.ts';

export type ScrollLayer = 'reach' | 'time';
type Scroll = ScrollReach;
/** What was read. */
export type ScrollSurface = 'page' | 'pane';

const bandAlpha = 0.38;
/** Lines at which so many of all views had come at least so far. */
const lineShares = [0.75, 0.5, 0.25] as const;

export interface ScrollMap extends ScaleEnd {
  shapes: MapShape[];
  lines: MapLine[];
}

/** Bands over a surface of `width` × `height` px. A scale of shares always ends at all views. */
export function scrollMap(
  scroll: Scroll,
  layer: ScrollLayer,
  { width, height }: { width: number; height: number },
  fixedAt: number | null,
  surface: ScrollSurface = 'page',
): ScrollMap {
  const values = scroll.bands.map((band) => (layer === 'reach' ? shareOf(scroll, band.reached) : band.msInView));
  const scale =
    layer === 'reach' ? { end: 1, isExceeded: false } : scaleEndOf(values, fixedAt, factsOf(layer).scaleEndMin);
  const shapes = scroll.bands.map((band, index): MapShape => {
    const value = values[index] ?? 0;
    const top = Math.round(band.from * height);
    return {
      box: [0, top, width, Math.round(band.to * height) - top],
      color: legendColor(Math.min(1, value / scale.end), bandAlpha),
      text: bandText(scroll, band, surface),
    };
  });
  return { shapes, lines: [...shareLines(scroll, height), ...foldLines(scroll, height, surface)], ...scale };
}

function shareOf({ views }: Scroll, reached: number): number {
  return views > 0 ? Math.min(1, reached / views) : 0;
}

function bandText(
  { views }: Scroll,
  { from, to, reached, msInView }: Scroll['bands'][number],
  surface: ScrollSurface,
): string {
  const place = `${Math.round(from * 100)}–${Math.round(to * 100)}% of the ${surface}`;
  const time = reached > 0 ? `, ${formatDuration(msInView / reached)} each` : '';
  return `${place}: ${formatWhole(reached)} of ${formatNumbered(views, 'view')} (${formatShare(reached, views)}) · ${formatDuration(msInView)} on screen${time}`;
}

/**
 * Where each share of views ends: the top of the first band that fewer had on screen. None where even the last had it; shares
 * that end at the same band share a line.
 */
function shareLines(scroll: Scroll, height: number): MapLine[] {
  if (scroll.views === 0) return [];
  const sharesAt = new Map<number, string[]>();
  for (const share of lineShares) {
    const band = scroll.bands.find(({ reached }) => shareOf(scroll, reached) < share);
    if (!band) continue;
    const y = Math.round(band.from * height);
    sharesAt.set(y, [...(sharesAt.get(y) ?? []), `${share * 100}%`]);
  }
  return [...sharesAt].map(([y, shares]) => ({
    y,
    label: `${shares.join(' and ')} of views came this far`,
    kind: 'share' as const,
  }));
}

function foldLines({ foldLine }: Scroll, height: number, surface: ScrollSurface): MapLine[] {
  if (foldLine === null || foldLine >= 1) return [];
  const label =
    surface === 'page' ? 'The first screen ends here, on average' : 'What shows at first ends here, on average';
  return [{ y: Math.round(foldLine * height), label, kind: 'fold' }];
}
