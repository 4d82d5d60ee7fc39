/**
 * The colours of heat. Positions are shares of the maximum; they stand closer at the cold end, because one click on a busy page
 * should still be seen, and colours say so in the legend.
 */
import type { LayerFacts } from './layer.ts';

export const heatStops: readonly [share: number, color: string][] = [
  [0, 'rgba(63, 81, 214, 0)'],
  [0.014, 'rgba(63, 81, 214, 0.24)'],
  [0.045, 'rgba(50, 110, 235, 0.5)'],
  [0.12, 'rgba(24, 168, 200, 0.66)'],
  [0.25, 'rgba(58, 190, 120, 0.74)'],
  [0.42, 'rgba(214, 203, 52, 0.82)'],
  [0.65, 'rgba(250, 143, 34, 0.88)'],
  [0.92, 'rgba(229, 45, 39, 0.93)'],
];

/** The brush's radius in px of the screen, where a px of the page is `scale` px. */
export function brushRadius({ brushPx, brushScreenPxMin }: LayerFacts, scale: number): number {
  return Math.max(brushScreenPxMin, Math.round(brushPx * scale));
}

export interface ScaleEnd {
  end: number;
  /** Some places have more than the end says. */
  isExceeded: boolean;
}

/** Where a scale ends that follows the map: no single place decides what every other one looks like. */
export const scalePercentile = 99;

/**
 * Where the colours of a map end whose places have these values (see `densities`). `fixedAt` wins; otherwise it is the 99th
 * percentile of the places (of fewer than 100 the largest), but at least `least`.
 */
export function scaleEndOf(values: readonly number[], fixedAt: number | null, least: number): ScaleEnd {
  const sorted = [...values].sort((a, b) => a - b);
  const percentile = sorted[Math.ceil((sorted.length * scalePercentile) / 100) - 1] ?? 0;
  const end = fixedAt ?? Math.max(least, percentile);
  return { end, isExceeded: (sorted.at(-1) ?? 0) > end };
}

/** The number that a scale is fixed at when nobody has named one yet: the end it has now, rounded up to two digits. */
export function roundScaleEnd(end: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, end))) - 1);
  return Math.ceil(end / step) * step;
}

/** How a legend is laid out: heat on square roots of shares, as its colours are; bands and boxes evenly. */
export type Curve = 'root' | 'even';

/** Where the legend prints a figure. */
export function legendTicks(end: number, curve: Curve): { position: number; value: number }[] {
  const ticks: { position: number; value: number }[] = [];
  for (const position of [0.25, 0.5, 0.75, 1]) {
    const value = end * (curve === 'root' ? position * position : position);
    const shown = end > 1 ? Math.round(value) : value;
    if (shown > 0 && shown !== ticks.at(-1)?.value) ticks.push({ position, value: shown });
  }
  return ticks;
}

/** The stops as they stand on the legend, 0..1. */
export function legendStops(): { position: number; color: string }[] {
  return heatStops
    .slice(1)
    .map(([share, color]) => ({ position: Math.sqrt(share), color: color.replace(/[\d.]+\)$/, '1)') }));
}

/** The legend's colour at a position 0..1, see-through so that the page shows. */
export function legendColor(position: number, alpha: number): string {
  const stops = legendStops().map((stop) => ({ at: stop.position, rgb: (stop.color.match(/\d+/g) ?? []).map(Number) }));
  const above = stops.find(({ at }) => at >= position) ?? stops.at(-1);
  const below = stops.filter(({ at }) => at <= position).at(-1) ?? stops[0];
  if (!above || !below) return 'transparent';
  const share = above.at > below.at ? (position - below.at) / (above.at - below.at) : 0;
  const mixed = [0, 1, 2].map((index) => {
    const from = below.rgb[index] ?? 0;
    return Math.round(from + ((above.rgb[index] ?? 0) - from) * share);
  });
  return `rgba(${mixed.join(', ')}, ${alpha})`;
}
