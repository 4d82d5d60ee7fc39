import type { EpochStore } from './epoch-store.ts';

export interface OneAtATimeParts {
  epochs: Pick<EpochStore, 'hold'>;
  /** Names whoever rebuilds. */
  holder: string;
  /** ms since the epoch. */
  clock(): number;
  /** Does something again and again, until the function that it returns is called. */
  every(ms: number, action: () => Promise<void>): () => void;
}

/** A rebuild that gives no sign for so long is believed to have died. */
export const holdMs = 30_000;
const renewEveryMs = 5_000;

/**
 * Runs `work` unless another is at it. Two at once would do no harm, each write is guarded; but both would read the whole archive,
 * and one of them would be told in the end that it came too late.
 * @throws Error that says until when to wait.
 */
export async function oneAtATime<T>(
  { epochs, holder, clock, every }: OneAtATimeParts,
  work: () => Promise<T>,
): Promise<T> {
  const until = await epochs.hold(holder, clock(), clock() + holdMs);
  if (until !== null) {
    const seconds = Math.max(1, Math.ceil((until - clock()) / 1000));
    throw new Error(
      `another rebuild is at work: wait for it to end. If it was killed, its place is free in ${seconds} s; run this again then, and it goes on`,
    );
  }
  const stop = every(renewEveryMs, async () => {
    await epochs.hold(holder, clock(), clock() + holdMs);
  });
  try {
    return await work();
  } finally {
    stop();
    await epochs.hold(holder, clock(), clock());
  }
}
