/** Of the Layout Instability API, which no library of types has. */
export interface LayoutShift extends PerformanceEntry {
  value: number;
  hadRecentInput: boolean;
}

const gapMsMax = 1_000;
const windowMsMax = 5_000;

/**
 * Cumulative Layout Shift: the largest sum of shifts that follow one another within a second, over five seconds at most. What follows
 * a person's input within half a second is expected. https://web.dev/articles/cls
 */
export class LayoutShifts {
  score = 0;
  private sum = 0;
  private first = 0;
  private last = 0;

  /** In order of time. */
  take({ startTime, value, hadRecentInput }: LayoutShift): void {
    if (hadRecentInput) return;
    const isOfWindow = this.sum && startTime - this.last < gapMsMax && startTime - this.first < windowMsMax;
    this.sum = isOfWindow ? this.sum + value : value;
    if (!isOfWindow) this.first = startTime;
    this.last = startTime;
    this.score = Math.max(this.score, this.sum);
  }
}
