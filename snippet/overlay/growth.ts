import { bloomsMax } from './heat-painter.ts';
import type { Heated } from './projection.ts';

/** Tells by how much each place has grown since it was last asked about the same map: that is what blooms. */
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
        const by = value - (this.values.get(place) ?? 0);
        if (by > 0) grown.push({ key, cells: new Map([[cell, by]]) });
      }
    }
    const isSame = map === this.map;
    this.map = map;
    this.values = values;
    return isSame && grown.length <= bloomsMax ? grown : [];
  }
}
