/**
 * The colours of heat. Positions are shares of the maximum; they stand closer at the cold end, because one click on a busy page
 * should still be seen, and colours say so in the legend.
 */
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

/** How wide the brush is, in px of the page: the legend names it, since a colour is a sum over it. */
const brushRadiusPx = { click: 28, move: 60 } as const;
/** On a small screen the brush would vanish with the page. */
const screenRadiusMin = { click: 11, move: 20 } as const;

/** The brush's radius in px of the screen, where a px of the page is `scale` px. */
export function brushRadius(layer: 'click' | 'move', scale: number): number {
  return Math.max(screenRadiusMin[layer], Math.round(brushRadiusPx[layer] * scale));
}

/** The least end of the scale, so that the first click of a day is not red hot: clicks, or ms of rest. */
const scaleMin = { click: 5, move: 5_000 } as const;

/** The end of the scale for a map whose densest place has `density` (see `densityMax`). */
export function scaleMax(layer: 'click' | 'move', density: number): number {
  return Math.max(scaleMin[layer], density);
}

/** Where the legend prints a figure. Positions on it are square roots of shares, as the colours are. */
export function legendTicks(max: number): { position: number; value: number }[] {
  const ticks: { position: number; value: number }[] = [];
  for (const position of [0.25, 0.5, 0.75, 1]) {
    const value = Math.round(max * position * position);
    if (value >= 1 && value !== ticks.at(-1)?.value) ticks.push({ position, value });
  }
  return ticks;
}

/** The stops as they stand on the legend, 0..1. */
export function legendStops(): { position: number; color: string }[] {
  return heatStops
    .slice(1)
    .map(([share, color]) => ({ position: Math.sqrt(share), color: color.replace(/[\d.]+\)$/, '1)') }));
}
