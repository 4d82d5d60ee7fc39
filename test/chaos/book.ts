import type { Batch } from '../../functions/contract/event.ts';
import { addSums, noSums, type Sums, sumsOf, Tally } from '../../localstack/visitors/tally.ts';

/** What the visitors know by themselves: every batch that they sent, and which of them were answered 202. */
export class Book extends Tally {
  /** By `nameOf`. */
  readonly #sent = new Map<string, Sums>();
  readonly #accepted = new Set<string>();

  override sent(body: string): void {
    super.sent(body);
    const batch = JSON.parse(body) as Batch;
    this.#sent.set(nameOf(batch.l, batch.n), sumsOf(batch));
  }

  override answered(status: number, body: string, answer: string): void {
    super.answered(status, body, answer);
    const batch = JSON.parse(body) as Batch;
    if (status === 202) this.#accepted.add(nameOf(batch.l, batch.n));
  }

  /** @param taken names of the batches that the stream took. */
  compare(taken: ReadonlySet<string>): Comparison {
    const wanted = { ...noSums };
    const strangers: string[] = [];
    for (const name of taken) {
      const sums = this.#sent.get(name);
      if (sums) addSums(wanted, sums);
      else strangers.push(name);
    }
    return {
      wanted,
      strangers,
      lost: [...this.#accepted].filter((name) => !taken.has(name)),
      unanswered: taken.size - this.#accepted.size,
      untaken: [...this.#sent.keys()].filter((name) => !taken.has(name)).length,
    };
  }
}

export interface Comparison {
  /** What the batches that the stream took come to, each counted once. */
  wanted: Sums;
  /** Answered 202, and not on the stream. */
  lost: string[];
  /** On the stream, and never sent. */
  strangers: string[];
  /** On the stream, and their sender never knew: the answer was lost, and there was nobody to ask again. */
  unanswered: number;
  /** Sent, and never accepted: the visitor gave up (a beacon has one try). */
  untaken: number;
}

export function nameOf(load: string, n: number): string {
  return `${load}:${n}`;
}
