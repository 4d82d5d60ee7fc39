/** Scroll: views that reached each band of a page, and how long each band was in view, per device class. */
import { bandName } from '../contract/counter.ts';
import { kind, scrollBandCount } from '../contract/event.ts';
import type { Facts } from './facts.ts';
import type { Increments } from './increments.ts';

export function addScroll(facts: Facts, increments: Increments): void {
  for (const { event, counted, page } of facts.events) {
    if (!counted || !page) continue;
    if (event[0] === kind.reach) {
      const last = Math.min(event[4], scrollBandCount - 1);
      for (let band = Math.max(0, event[3]); band <= last; band++) {
        increments.add(counted.key, bandName(page.device, band, 'r'));
      }
    }
    if (event[0] === kind.bands) {
      const pairs = event[3];
      for (let index = 0; index + 1 < pairs.length; index += 2) {
        const [band = -1, ms = 0] = pairs.slice(index, index + 2);
        if (band >= 0 && band < scrollBandCount) increments.add(counted.key, bandName(page.device, band, 'm'), ms);
      }
    }
  }
}
