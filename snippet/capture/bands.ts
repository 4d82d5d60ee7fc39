import { scrollBandCount } from '../../functions/contract/event.ts';

const all = [...Array(scrollBandCount).keys()];

/**
 * Twenty bands of something that scrolls. `reading.ts` has the same for the page, written out: `s.js` may not grow, and what few
 * pages need is loaded by those.
 */
export class Bands {
  /** 1: came into view; 2: and was told. */
  private readonly reached: number[] = [];
  private inView: number[] = [];
  private seenMs: number[] = [];

  /** In view is what lies between `top` and `bottom` of something `height` px high. */
  show(top: number, bottom: number, height: number): void {
    const bandPx = height / scrollBandCount;
    this.inView = all.filter((band) => (band + 1) * bandPx > top && band * bandPx < bottom);
    for (const band of this.inView) this.reached[band] ||= 1;
  }

  spend(ms: number): void {
    for (const band of this.inView) this.seenMs[band] = (this.seenMs[band] ?? 0) + ms;
  }

  /** Tells each run of bands that came into view since it was last asked; `isFirst`: none had been told before. */
  tellReached(tell: (from: number, to: number, isFirst: boolean) => void): void {
    for (const first of all) {
      const isFirst = !this.reached.includes(2);
      let next = first;
      while (this.reached[next] === 1) this.reached[next++] = 2;
      if (next > first) tell(first, next - 1, isFirst);
    }
  }

  /** Flat pairs of band and ms since this was last asked. */
  takeMs(): number[] {
    const pairs = this.seenMs.flatMap((ms, band) => [band, ms]);
    this.seenMs = [];
    return pairs;
  }
}
