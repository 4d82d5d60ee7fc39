/** How far a page, or a pane, was read, made of counters. Pure. */
import type { ScrollReach } from '../contract/answer.ts';
import { bandName, pageDeviceName, type Totals } from '../contract/counter.ts';
import { scrollBandCount } from '../contract/event.ts';
import type { Device } from '../contract/record.ts';

/** Where the figures stand; `foldPerMille` is summed over views. */
export interface ScrollFigures {
  views: number;
  foldPerMille: number;
  reached(band: number): number;
  msInView(band: number): number;
}

export function scrollReach({ views, foldPerMille, reached, msInView }: ScrollFigures): ScrollReach {
  return {
    views,
    bands: Array.from({ length: scrollBandCount }, (_, band) => ({
      from: band / scrollBandCount,
      to: (band + 1) / scrollBandCount,
      reached: reached(band),
      msInView: msInView(band),
    })),
    foldLine: views > 0 ? Math.min(1, foldPerMille / 1000 / views) : null,
  };
}

/** Of a page's items. */
export function scrollOf(items: Totals[], devices: readonly Device[]): ScrollReach {
  const sum = (nameOf: (device: Device) => string) => {
    const names = devices.map(nameOf);
    return items.reduce(
      (total, { counters }) => names.reduce((subtotal, name) => subtotal + (counters[name] ?? 0), total),
      0,
    );
  };
  return scrollReach({
    views: sum((device) => pageDeviceName(device, 'v')),
    foldPerMille: sum((device) => pageDeviceName(device, 'f')),
    reached: (band) => sum((device) => bandName(device, band, 'r')),
    msInView: (band) => sum((device) => bandName(device, band, 'm')),
  });
}
