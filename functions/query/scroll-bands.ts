/** How far a page was read, made of its page items. Pure. */
import type { ScrollAnswer } from '../contract/answer.ts';
import { bandName, pageDeviceName, type Totals } from '../contract/counter.ts';
import { scrollBandCount } from '../contract/event.ts';
import type { Device } from '../contract/record.ts';

export function scrollOf(
  items: Totals[],
  devices: readonly Device[],
): Pick<ScrollAnswer, 'views' | 'bands' | 'foldLine'> {
  const sum = (nameOf: (device: Device) => string) => {
    const names = devices.map(nameOf);
    return items.reduce(
      (total, { counters }) => names.reduce((subtotal, name) => subtotal + (counters[name] ?? 0), total),
      0,
    );
  };
  const views = sum((device) => pageDeviceName(device, 'v'));
  const foldPerMille = sum((device) => pageDeviceName(device, 'f'));
  return {
    views,
    bands: Array.from({ length: scrollBandCount }, (_, band) => ({
      from: band / scrollBandCount,
      to: (band + 1) / scrollBandCount,
      reached: sum((device) => bandName(device, band, 'r')),
      msInView: sum((device) => bandName(device, band, 'm')),
    })),
    foldLine: views > 0 ? Math.min(1, foldPerMille / 1000 / views) : null,
  };
}
