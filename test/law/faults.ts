import type { Gate } from './world.ts';

/** Counts writes, and lets them through. */
export function countingGate(): Gate & { count: number } {
  const gate = Object.assign(
    ((write) => {
      gate.count += 1;
      return write();
    }) as Gate,
    { count: 0 },
  );
  return gate;
}

export interface Fault {
  /** Which write, from 0. */
  at: number;
  /** Whether the write is done before it fails: an answer that got lost. */
  when: 'before' | 'after';
  /** Whether the instance is dead from then on, or only this write failed. */
  instance: 'alive' | 'dead';
}

/** Fails one write. The same gate goes to all attempts, so the fault happens once. */
export function faultyGate({ at, when, instance }: Fault): Gate & { isDead: boolean } {
  let writes = 0;
  const gate = Object.assign(
    (async (write) => {
      if (gate.isDead) throw new Error('this instance is dead');
      if (writes++ !== at) return write();
      gate.isDead = instance === 'dead';
      if (when === 'after') await write();
      throw new Error(`write ${at} failed`);
    }) as Gate,
    { isDead: false },
  );
  return gate;
}

/** Holds an attempt up at one write, and with it all that follow, until it is let go: by then others have done its work. */
export function stallingGate(at: number, instance: Fault['instance']) {
  let writes = 0;
  let letGo: () => void = () => undefined;
  let reach: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const reached = new Promise<void>((resolve) => {
    reach = resolve;
  });
  const gate: Gate = async (write) => {
    const number = writes++;
    if (number < at) return write();
    reach();
    await released;
    // A killed instance's last request may still arrive; it begins no other.
    if (instance === 'dead' && number > at) throw new Error('this instance is dead');
    return write();
  };
  return { gate, reached, letGo };
}
