import type { ItemKey } from '../contract/counter.ts';
import type { Partitions } from './partitions.ts';

/** Keys in this process's memory. */
export function memoryPartitions(keys: readonly ItemKey[] = []): Partitions & { partitions: Map<string, Set<string>> } {
  const partitions = new Map<string, Set<string>>();
  for (const { pk, sk } of keys) partitions.set(pk, (partitions.get(pk) ?? new Set()).add(sk));
  return {
    partitions,
    sorts: async (pk) => [...(partitions.get(pk) ?? [])].sort(),
    async delete(pk, sorts) {
      const left = partitions.get(pk);
      for (const sk of sorts) left?.delete(sk);
      if (left?.size === 0) partitions.delete(pk);
    },
  };
}
