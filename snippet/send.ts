import type { Accepted } from '../functions/contract/event.ts';

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
  /** Ms since the epoch. */
  now(): number;
  /** 0 ≤ x < 1. */
  random(): number;
  later(run: () => void, ms: number): unknown;
  cancel(timer: unknown): void;
  /** Rejects when the network fails. */
  post(body: string): Promise<Answer>;
  /** Hands the body over to be sent even when the page is gone; false when it was not taken. */
  beacon(body: string): boolean;
}

export interface Sender {
  /** Queues a closed batch. */
  send(content: string): void;
  /** Sends a closed batch by beacon, and along with it again those that wait for another attempt. */
  beacon(content: string): void;
  /** Nothing is unsettled. */
  isIdle(): boolean;
  /** 32 batches are unsettled: only a beacon may add another. */
  isFull(): boolean;
  /** Forgets what is unsettled. */
  stop(): void;
}

/** How many batches may wait for a final answer. */
export const unsettledMax = 32;
/** An answer that takes longer counts as a network error: the server drops the repeat if both arrive. */
export const patienceMs = 20_000;
export const backOffFirstMs = 1_000;
export const backOffMaxMs = 60_000;
export const retryAfterMaxMs = 3_600_000;

/**
 * Sends batches one after the other, so that they arrive in order and the first one's token is on all others. A batch is tried
 * again, with the same content, until it is answered by anything but 429, 5xx or silence.
 * @param settled called after each final answer, with what an accepted batch was answered
 */
export function createSender(door: Door, settled: (accepted?: Accepted) => void): Sender {
  const unsettled: string[] = [];
  let token: string | undefined;
  let isFlying = false;
  let isWaiting = false;
  let attempts = 0;

  const bodyOf = (content: string) =>
    `${content.slice(0, -1)},"s":${door.now()}${token ? `,"i":${JSON.stringify(token)}` : ''}}`;

  function next() {
    const content = unsettled[0];
    if (!content || isFlying || isWaiting) return;
    isFlying = true;
    let isOpen = true;
    const answered = (answer?: Answer) => {
      if (!isOpen) return;
      isOpen = isFlying = false;
      door.cancel(patience);
      if (!answer || answer.status === 429 || answer.status >= 500) return backOff((answer?.retryAfterS || 0) * 1000);
      attempts = 0;
      unsettled.shift();
      token = answer.accepted?.token || token;
      next();
      settled(answer.accepted);
    };
    const patience = door.later(answered, patienceMs);
    door.post(bodyOf(content)).then(answered, () => answered());
  }

  function backOff(retryAfterMs: number) {
    isWaiting = true;
    const growing = Math.min(backOffMaxMs, backOffFirstMs * 2 ** attempts++) * (1 - door.random() / 2);
    door.later(
      () => {
        isWaiting = false;
        next();
      },
      Math.min(retryAfterMaxMs, Math.max(retryAfterMs, growing)),
    );
  }

  const isFull = () => unsettled.length >= unsettledMax;

  function send(content: string) {
    unsettled.push(content);
    next();
  }

  return {
    send,
    beacon(content) {
      // What waits stays unsettled: the network may be down, and the page may come back.
      const waiting = unsettled.slice(isFlying ? 1 : 0);
      if (!door.beacon(bodyOf(content)) && !isFull()) send(content);
      for (const again of waiting) if (!door.beacon(bodyOf(again))) return;
    },
    isIdle: () => !unsettled.length,
    isFull,
    stop() {
      unsettled.length = 0;
    },
  };
}
