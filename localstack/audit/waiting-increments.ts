import type { ArchiveStore } from '../../functions/archive/archive-store.ts';
import { type ItemKey, keyText } from '../../functions/contract/counter.ts';
import {
  failedPrefix,
  parseFailedKey,
  parseFailedText,
  redrivenPrefix,
  unwritableReason,
} from '../../functions/contract/failed.ts';
import type { Lane, Position } from '../../functions/contract/position.ts';
import { incrementsOf } from '../../functions/process/unwritable.ts';

export interface WaitingParts {
  /** Objects that wait under `failed/`. */
  objects: number;
  /** Whether what a record adds to an item is, or was, among them: then it counts once the item's guard has reached it. */
  has(lane: Lane, position: Position, key: ItemKey): boolean;
}

/** What waits for items of a site that could not be written. */
export async function waitingParts(archive: Pick<ArchiveStore, 'keys' | 'get'>, site: string): Promise<WaitingParts> {
  const parts = new Set<string>();
  let objects = 0;
  for (const prefix of [failedPrefix, redrivenPrefix]) {
    for (const key of await archive.keys(`${prefix}site=${site}/`)) {
      if (parseFailedKey(key)?.reason !== unwritableReason) continue;
      const bytes = await archive.get(key);
      if (!bytes) continue;
      if (prefix === failedPrefix) objects += 1;
      const { lane, item } = incrementsOf(parseFailedText(Buffer.from(bytes).toString('utf8')));
      for (const { position } of item.parts) parts.add(nameOf(lane, position, item.key));
    }
  }
  return { objects, has: (lane, position, key) => parts.has(nameOf(lane, position, key)) };
}

function nameOf(lane: Lane, position: Position, key: ItemKey): string {
  return `${lane}|${position}|${keyText(key)}`;
}
