import type { Batch } from '../../functions/contract/event.ts';
import { kind } from '../../functions/contract/event.ts';
import { countedKinds } from './plan.ts';

/** Sums that can be compared with what the API counts. */
export interface Sums {
  events: number;
  pageViews: number;
  engagedMs: number;
  rage: number;
  dead: number;
}

export const noSums: Sums = { events: 0, pageViews: 0, engagedMs: 0, rage: 0, dead: 0 };

/** Keeps book of what the visitors sent and what was accepted. A batch counts once, however often it was sent. */
export class Tally {
  requests = 0;
  /** By status; 0 is no answer. */
  readonly answers = new Map<number, number>();
  readonly accepted: Sums = { ...noSums };
  /** All events of accepted batches, signs of life included. */
  acceptedEvents = 0;
  acceptedBatches = 0;
  lastError = '';
  readonly #counted = new Set<string>();
  readonly #underway = new Set<Promise<unknown>>();

  /** @param body of the request; a batch may be sent several times. */
  sent(_body: string): void {
    this.requests++;
  }

  answered(status: number, body: string, answer: string): void {
    this.answers.set(status, (this.answers.get(status) ?? 0) + 1);
    if (status !== 202) {
      this.lastError = `${status} ${answer.slice(0, 200)}`;
      return;
    }
    const batch = JSON.parse(body) as Batch;
    const name = `${batch.l}:${batch.n}`;
    if (this.#counted.has(name)) return;
    this.#counted.add(name);
    this.acceptedBatches++;
    this.acceptedEvents += batch.x.length;
    addSums(this.accepted, sumsOf(batch));
  }

  failed(error: Error): void {
    this.answers.set(0, (this.answers.get(0) ?? 0) + 1);
    this.lastError = error.message;
  }

  /** Remembers a request until it is answered or has failed; `failed` has counted it then. */
  track(sent: Promise<unknown>): void {
    const done = sent
      .catch(() => undefined)
      .finally(() => {
        this.#underway.delete(done);
      });
    this.#underway.add(done);
  }

  /** Resolves when every request under way has been answered. */
  async settled(): Promise<void> {
    while (this.#underway.size > 0) await Promise.all(this.#underway);
  }
}

/** What a batch adds to the sums. */
export function sumsOf({ x }: Batch): Sums {
  const sums = { ...noSums };
  for (const event of x) {
    if (countedKinds.has(event[0])) sums.events++;
    if (event[0] === kind.view) sums.pageViews++;
    if (event[0] === kind.engaged) sums.engagedMs += event[3];
    if (event[0] === kind.rage && event[5] === 3) sums.rage++;
    if (event[0] === kind.dead) sums.dead++;
  }
  return sums;
}

export function addSums(to: Sums, more: Sums): void {
  for (const field of Object.keys(to) as (keyof Sums)[]) to[field] += more[field];
}
