/** Of the Event Timing API. */
export interface Interaction extends PerformanceEntry {
  /** 0 where the event is no interaction: a scroll, say, or the pointer's way. */
  interactionId?: number;
}

/** Of so many interactions one is left out, so that a single hitch does not speak for a long visit. */
const perOutlier = 50;
const worstMax = 10;
/** By how much ids grow from one interaction to the next, where a browser does not count them itself. */
const idStep = 7;

const counted = () => (performance as Performance & { interactionCount?: number }).interactionCount;

/**
 * Interaction to Next Paint: of all clicks, taps and key presses the one that was answered last; in long visits one of the worst, which
 * comes to the 98th percentile. https://web.dev/articles/inp
 */
export class Interactions {
  /** The slowest, slowest first, each by its slowest event. */
  private worst: { id: number | undefined; ms: number }[] = [];
  private readonly before = counted() || 0;
  private lowest = Infinity;
  private highest = 0;

  take({ interactionId: id, duration: ms, entryType }: Interaction): void {
    // The first input is told however quick it was; other events of under 40 ms are not.
    if (!id && entryType !== 'first-input') return;
    if (id) {
      this.lowest = Math.min(this.lowest, id);
      this.highest = Math.max(this.highest, id);
    }
    const known = this.worst.find((one) => one.id === id);
    if (known) known.ms = Math.max(known.ms, ms);
    else this.worst.push({ id, ms });
    this.worst.sort((one, other) => other.ms - one.ms);
    this.worst.length = Math.min(this.worst.length, worstMax);
  }

  /** Null: nobody did anything that a browser tells of. */
  ms(): number | null {
    const count = counted() ?? (this.highest && (this.highest - this.lowest) / idStep + 1 + this.before);
    const index = Math.min(this.worst.length - 1, Math.floor((count - this.before) / perOutlier));
    return this.worst[index]?.ms ?? null;
  }
}
