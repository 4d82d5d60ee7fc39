import { Fault } from '../deploy/fault.ts';
import type { Ports } from './embedded/cloud.ts';

/** @throws Fault when SITEPULSE_PORT is not a port with two more behind it. */
export function portsFrom(text: string | undefined): Ports {
  if (!text) return { front: 8080, demo: 8081, aws: 4566 };
  const first = Number(text);
  if (!Number.isInteger(first) || first < 1 || first > 65_533) {
    throw new Fault(`SITEPULSE_PORT is "${text}": give a whole number from 1 to 65533`);
  }
  return { front: first, demo: first + 1, aws: first + 2 };
}

/** Runs a step of a start and prints how long it took. */
export async function step<T>(what: string, work: () => Promise<T>): Promise<T> {
  const startedAt = Date.now();
  const done = await work();
  console.log(`  ${what.padEnd(38)} ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
  return done;
}
