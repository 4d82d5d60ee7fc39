// Another clock for a process or a thread of ours: what waits for days can be seen to happen. Timers run as ever.

/** Whoever asks what time it is from now on is told one that differs by `offsetMs`. */
export function moveClock(offsetMs) {
  if (offsetMs === 0) return;
  const Real = Date;
  globalThis.Date = class extends Real {
    /** @param {any[]} given */
    constructor(...given) {
      if (given.length === 0) super(Real.now() + offsetMs);
      else super(...given);
    }
    static now() {
      return Real.now() + offsetMs;
    }
  };
}
