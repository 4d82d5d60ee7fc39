import type { LogAnswer, SystemAnswer } from '../contract/system.ts';
import type { Monitor } from './monitor.ts';

/** Answers what it is given. For tests. */
export function memoryMonitor(system: Omit<SystemAnswer, 'at'>, log: LogAnswer): Monitor {
  return { system: async (at) => ({ at, ...system }), log: async () => log };
}
