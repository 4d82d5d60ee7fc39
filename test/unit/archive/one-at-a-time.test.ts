import { describe, expect, it } from 'vitest';
import { memoryEpochStore } from '../../../functions/sites/epoch-store.memory.ts';
import { holdMs, oneAtATime } from '../../../functions/sites/one-at-a-time.ts';

/** Two who rebuild on one table, and a clock that stands until it is moved. */
function given() {
  const epochs = memoryEpochStore();
  let now = 1_000_000;
  const timers = new Set<() => Promise<void>>();
  const parts = (holder: string) => ({
    epochs,
    holder,
    clock: () => now,
    every: (_: number, action: () => Promise<void>) => {
      timers.add(action);
      return () => timers.delete(action);
    },
  });
  return {
    parts,
    timers,
    pass: async (ms: number) => {
      now += ms;
      for (const action of timers) await action();
    },
  };
}

describe('a rebuild', () => {
  it('is refused while another is at it, however long that takes, and told until when to wait', async () => {
    const { parts, pass, timers } = given();
    let end: () => void = () => undefined;
    const first = oneAtATime(parts('a'), () => new Promise<string>((resolve) => (end = () => resolve('done'))));
    await pass(holdMs - 1);
    await pass(holdMs - 1);
    await expect(oneAtATime(parts('b'), async () => 'done')).rejects.toThrow(
      'another rebuild is at work: wait for it to end. If it was killed, its place is free in 30 s',
    );
    end();
    expect(await first).toBe('done');
    expect(timers.size).toBe(0);
    expect(await oneAtATime(parts('b'), async () => 'done too')).toBe('done too');
  });

  it('frees its place when it fails, and when it gives no more sign', async () => {
    const { parts, pass, timers } = given();
    const broken = oneAtATime(parts('a'), () => Promise.reject(new Error('broken')));
    await expect(broken).rejects.toThrow('broken');
    void oneAtATime(parts('b'), () => new Promise(() => undefined));
    await pass(0);
    timers.clear();
    await pass(holdMs);
    expect(await oneAtATime(parts('c'), async () => 'done')).toBe('done');
  });
});
