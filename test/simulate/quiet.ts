import { createRequire, syncBuiltinESMExports } from 'node:module';
import type { VirtualTime } from './virtual-time.ts';

const timers: { setTimeout: unknown } = createRequire(import.meta.url)('node:timers/promises');
const levels = ['log', 'info', 'warn', 'error'] as const;

/**
 * Runs a world by itself: delays of the product's own pass in virtual time, its log (a line for each fault) goes nowhere, and
 * its thousands of errors don't record their stacks. All of it is put back at the end.
 */
export async function alone<T>(time: VirtualTime, run: () => Promise<T>): Promise<T> {
  const { setTimeout } = timers;
  const { stackTraceLimit } = Error;
  const logs = levels.map((level) => console[level]);
  timers.setTimeout = time.sleep;
  syncBuiltinESMExports();
  Error.stackTraceLimit = 0;
  for (const level of levels) console[level] = () => undefined;
  try {
    return await run();
  } finally {
    timers.setTimeout = setTimeout;
    syncBuiltinESMExports();
    Error.stackTraceLimit = stackTraceLimit;
    for (const [index, level] of levels.entries()) console[level] = logs[index] ?? console[level];
  }
}
