/**
 * What can go wrong, and how often. Whether a fault strikes at a place follows from the seed, its kind and the name of the place
 * alone, so that leaving one out (to find which of them matter) does not reshuffle the others.
 */
import { shareOf } from './random.ts';

/** Chance at each opportunity; 0: planned with the world, not diced for at each opportunity. */
export const faultRates = {
  // Between browser and ingest.
  'request-lost': 0.02,
  'request-late': 0.012,
  'request-doubled': 0.02,
  'answer-lost': 0.025,
  'beacon-refused': 0.03,
  'beacon-lost': 0.03,
  'beacon-late': 0.05,
  'beacon-doubled': 0.05,
  'gateway-throttled': 0.012,
  // In the browser.
  'clock-stepped': 0,
  'address-changed': 0,
  'laptop-asleep': 0,
  'token-unusable': 0.04,
  // Ingest.
  'ingest-crashed-before-write': 0.006,
  'ingest-crashed-after-write': 0.006,
  'put-throttled': 0.008,
  'put-answer-lost': 0.01,
  'put-doubled': 0.015,
  'ingest-read-failed': 0.012,
  // The stream.
  'shard-split': 0,
  'shards-merged': 0,
  'poison-record': 0,
  'unknown-config': 0,
  'record-redriven': 0,
  // Lambda and its event source mapping.
  'source-paused': 0,
  'invoke-throttled': 0.02,
  'instance-recycled': 0.03,
  'crash-before-write': 0.03,
  'crash-after-write': 0.03,
  // In times of trouble alone.
  'crash-before-step': 0.3,
  'invocation-timed-out': 0.02,
  'zombie-woke': 0.03,
  'zombie-died': 0.015,
  'result-lost': 0.02,
  'invocation-late': 0.015,
  'batch-redelivered': 0.03,
  'checkpoint-lost': 0.02,
  'poller-restarted': 0.1,
  // DynamoDB and S3, as the processor meets them.
  'read-failed': 0.002,
  'read-behind': 0.08,
  'read-unprocessed': 0.006,
  'write-throttled': 0.0025,
  'write-answer-lost': 0.0025,
  'write-late': 0.002,
  'write-doubled': 0.004,
  'write-doubled-late': 0.003,
  'ttl-struck': 0.7,
  // A rebuild of the counters.
  'rebuild-crashed': 0,
  'rebuild-repeated': 0,
  'rebuild-doubled': 0,
  'switch-lost': 0.2,
  'switch-late': 0.15,
  // Dashboards.
  'message-lost': 0.05,
  'message-doubled': 0.05,
  'message-late': 0.08,
  'post-failed': 0.03,
  'dashboard-cut-off': 0.01,
  // People.
  'config-edited': 0,
  'counters-rebuilt': 0,
} as const satisfies Record<string, number>;

export type FaultKind = keyof typeof faultRates;
export const faultKinds = Object.keys(faultRates) as FaultKind[];

export interface StruckFault {
  kind: FaultKind;
  /** `kind@place`: names it in a replay. */
  id: string;
  at: number;
}

export class Faults {
  /** Every fault that changed a course, oldest first. */
  readonly struck: StruckFault[] = [];
  readonly #factors = new Map<FaultKind, number>();
  /** Set while nothing may go wrong: what is in flight then comes to its end. */
  calm = false;
  /** How late what is late may come, as a share of what is usual. */
  lateness = 1;
  /** Set while invocations break off between their steps, too, and often. */
  trouble = false;

  /** @param only the ids of the faults that may strike, `kind@*` for any of a kind; null: all. */
  constructor(
    private readonly seed: number,
    private readonly now: () => number,
    private readonly only: ReadonlySet<string> | null,
  ) {
    // Worlds differ in what goes wrong: a kind that is frequent in one is rare in another.
    for (const kind of faultKinds) {
      this.#factors.set(kind, [0.25, 0.7, 1, 1, 2.5][Math.floor(shareOf(`rate ${kind}`, seed) * 5)] ?? 1);
    }
  }

  /** Whether the fault strikes here; if so it is on record. */
  strikes(kind: FaultKind, place: string): boolean {
    if (!this.would(kind, place)) return false;
    this.took(kind, place);
    return true;
  }

  /** Whether it would, for faults that take effect later, or perhaps not at all. */
  would(kind: FaultKind, place: string): boolean {
    if (this.calm) return false;
    const id = `${kind}@${place}`;
    if (!this.mayHappen(kind, place)) return false;
    return shareOf(id, this.seed) < faultRates[kind] * (this.#factors.get(kind) ?? 1);
  }

  /** Whether a fault that the world has planned may happen. */
  mayHappen(kind: FaultKind, place: string): boolean {
    return !this.only || this.only.has(`${kind}@${place}`) || this.only.has(`${kind}@*`);
  }

  /** Puts a fault on record that has changed a course. */
  took(kind: FaultKind, place: string): void {
    this.struck.push({ kind, id: `${kind}@${place}`, at: this.now() });
  }

  /** A number 0 inclusive to 1 exclusive that belongs to this fault at this place: how late, how far. */
  share(kind: FaultKind, place: string): number {
    return shareOf(`how ${kind}@${place}`, this.seed);
  }
}
