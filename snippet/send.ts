import type { Accepted } from '../functions/contract/event.ts';
import { stringify } from './json.ts';

/** The answer to a request. */
export interface Answer {
  status: number;
  /** The `Retry-After` header in seconds; 0 without one. */
  retryAfterS: number;
  /** The body of a 202. */
  accepted?: Accepted | undefined;
}

/** The world as the sender sees it: a page's, a simulated visitor's or a test's. */
export interface Door {
  /** Ms since the epoch, a whole number. */
  now(): number;
  /** 0 ≤ x < 1. */
  random(): number;
  later(run: () => void, ms: number): unknown;
  cancel(timer: unknown): void;
  /** Fails when the network does or stays silent for too long (`patienceMs`): the server drops a batch that comes twice. */
  post(body: string): Promise<Answer>;
  /** Hands the body over to be sent even when the page is gone; true when that is likely to succeed. */
  beacon(body: string): boolean | undefined;
}

export interface Sender {
  /** Queues a closed batch. */
  send(content: string): void;
  /** Sends a closed batch by beacon, and along with it again all that is unsettled. */
  beacon(content: string): void;
  /** What waits for a final answer. With `unsettledMax`, only a beacon may add another. Emptied, it is forgotten. */
  unsettled: string[];
}

export const unsettledMax = 32;
/** A request unanswered for so long has failed. */
export const patienceMs = 20_000;
export const backOffFirstMs = 1_000;
/** No wait is longer, whatever `Retry-After` says. */
export const backOffMaxMs = 600_000;

/**
 * Sends batches one after the other, so that they arrive in order and the first one's token is on all others. A batch is tried
 * again, with the same content, until it is answered by anything but 429, 5xx or silence.
 * @param settled called after each final answer, with what an accepted batch was answered
 */
export function createSender(door: Door, settled: (accepted?: Accepted) => void): Sender {
  const unsettled: string[] = [];
  let token: string | undefined;
  let isBusy = false;
  let failures = 0;

  const bodyOf = (content: string) => `${content.slice(0, -1)},${stringify({ s: door.now(), i: token }).slice(1)}`;

  /** Runs as long as anything is unsettled. */
  async function deliver() {
    while (!isBusy && unsettled[0]) {
      isBusy = true;
      let waitMs = backOffFirstMs * 2 ** failures++ * (1 - door.random() / 2);
      try {
        const { status, retryAfterS, accepted } = await door.post(bodyOf(unsettled[0]));
        if (status !== 429 && status < 500) {
          failures = 0;
          unsettled.shift();
          token = accepted?.token || token;
          settled(accepted);
          isBusy = false;
          continue;
        }
        waitMs = Math.max(waitMs, retryAfterS * 1_000);
      } catch {
        // No answer is an answer too: later.
      }
      door.later(
        () => {
          isBusy = false;
          deliver();
        },
        Math.min(backOffMaxMs, waitMs),
      );
    }
  }

  function send(content: string) {
    unsettled[unsettled.length] = content;
    deliver();
  }

  return {
    send,
    beacon(content) {
      // What is unsettled stays so, and what comes behind it is kept, too: the network may be down, and the page may come
      // back. Twice counts once.
      const again = [...unsettled];
      if ((!door.beacon(bodyOf(content)) || again[0]) && again.length < unsettledMax) send(content);
      again.every((each) => door.beacon(bodyOf(each)));
    },
    unsettled,
  };
}
