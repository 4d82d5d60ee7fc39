import type { Accepted, Batch } from '../../../functions/contract/event.ts';
import type { Answer, Door } from '../../../snippet/send.ts';

/** A world of its own: time passes only when told to, and each request waits for its answer. */
export interface FakeDoor extends Door {
  posted: Batch[];
  beacons: Batch[];
  /** Whether beacons are taken. */
  takesBeacons: boolean;
  /** Lets time pass, running what falls due. */
  pass(ms: number): Promise<void>;
  /** Answers the oldest unanswered request; `undefined` is a network error. */
  reply(answer: Partial<Answer> | undefined): Promise<void>;
  unanswered(): number;
}

export const accepted = (more: Partial<Accepted> = {}): Answer => ({
  status: 202,
  retryAfterS: 0,
  accepted: { watched: false, everyMs: 5_000, ...more },
});

export function createFakeDoor(startAt = 1_700_000_000_000): FakeDoor {
  let now = startAt;
  let timers: { at: number; run: () => void }[] = [];
  const waiting: { resolve(answer: Answer): void; reject(error: Error): void }[] = [];
  const settle = async () => {
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  };
  const door: FakeDoor = {
    posted: [],
    beacons: [],
    takesBeacons: true,
    now: () => now,
    random: () => 0,
    later(run, ms) {
      const timer = { at: now + ms, run };
      timers.push(timer);
      return timer;
    },
    cancel(timer) {
      timers = timers.filter((each) => each !== timer);
    },
    post(body) {
      door.posted.push(JSON.parse(body));
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
    beacon(body) {
      if (door.takesBeacons) door.beacons.push(JSON.parse(body));
      return door.takesBeacons;
    },
    async pass(ms) {
      const end = now + ms;
      for (;;) {
        const next = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        now = Math.max(now, next.at);
        timers = timers.filter((each) => each !== next);
        next.run();
        await settle();
      }
      now = end;
      await settle();
    },
    async reply(answer) {
      const request = waiting.shift();
      if (!request) throw new Error('No request is waiting for an answer.');
      if (answer) request.resolve({ status: 202, retryAfterS: 0, ...answer });
      else request.reject(new TypeError('Failed to fetch'));
      await settle();
    },
    unanswered: () => waiting.length,
  };
  return door;
}
