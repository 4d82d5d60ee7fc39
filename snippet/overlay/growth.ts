import { bloomsMax } from './heat-painter.ts';
import type { Heated } from './projection.ts';

/** Tells what has been counted since it was last asked about the same map: that is what blooms. */
export class Growth {
  private map = '';
  private values = new Map<string, number>();

  /** Of another map, nothing has grown; of one where more than a few places did, it is no clicks that one watches. */
  since(map: string, elements: readonly Heated[]): Heated[] {
    const values = new Map<string, number>();
    const grown: Heated[] = [];
    for (const { key, cells } of elements) {
      for (const [cell, value] of cells) {
        const place = `${key} ${cell}`;
        values.set(place, value);
        if (value > (this.values.get(place) ?? 0)) grown.push({ key, cells: new Map([[cell, value]]) });
      }
    }
    const isSame = map === this.map;
    this.map = map;
    this.values = values;
    return isSame && grown.length <= bloomsMax ? grown : [];
  }
}
