interface Sleeper {
  for: 'records' | 'end' | 'time';
  done(): void;
}

/** Those of a mapping who wait: for a write to the stream, for the end of a shard, or for a time. */
export class Sleepers {
  stopped = false;
  /** Counted, so that what happens just before a wait is not missed. */
  writes = 0;
  ends = 0;
  private readonly waiting = new Set<Sleeper>();

  /** Ends early when stopped, or when there are more writes than `writesSeen`. */
  pause(ms: number, writesSeen?: number): Promise<void> {
    if (writesSeen === undefined) return this.wait(ms, 'time');
    return this.writes > writesSeen ? Promise.resolve() : this.wait(ms, 'records');
  }

  /** Ends early when stopped, or when more shards have ended than `endsSeen`. */
  pauseForEnd(ms: number, endsSeen: number): Promise<void> {
    return this.ends > endsSeen ? Promise.resolve() : this.wait(ms, 'end');
  }

  written(): void {
    this.writes += 1;
    this.release('records');
  }

  ended(): void {
    this.ends += 1;
    this.release('end');
  }

  stop(): void {
    this.stopped = true;
    for (const sleeper of [...this.waiting]) sleeper.done();
  }

  private wait(ms: number, reason: Sleeper['for']): Promise<void> {
    if (this.stopped) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.waiting.delete(sleeper);
        resolve();
      };
      const timer = setTimeout(done, ms);
      const sleeper: Sleeper = { for: reason, done };
      this.waiting.add(sleeper);
    });
  }

  private release(reason: Sleeper['for']): void {
    for (const sleeper of [...this.waiting]) if (sleeper.for === reason) sleeper.done();
  }
}
