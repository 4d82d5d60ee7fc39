/**
 * What a claim keeps of a retired load: versions, each under the position of the record at which its visitor's state let go.
 *
 * Why that counts once. Folding a lane depends on its records alone, wherever batches are cut: that load L was let go at position
 * p of lane l with text T is a fact, which every attempt writes alike. A version is never written over by another, so an attempt
 * that stalled for however long repeats a fact when it wakes, and takes none back. Versions are written before the state is saved.
 * So where a state does not hold L, the one from its last letting go of L is there: the newest at or before the state's guard.
 * Versions past the guard are of attempts that failed, or are ahead: who believed them would take its own records for repeats.
 *
 * A version is dropped only when it is older than the one that the stored state knows, and not among the newest
 * `versionsKeptMax`. So an attempt that others have overtaken since it read the state finds what it asks for among the newest, or
 * can see that it may have been dropped (`mayLackVersion`): then it looks at the guard again, and gives up where that has moved.
 */
import type { Lane, Position } from '../contract/position.ts';
import { indexOfKnown, type RetiredVersion, versionsKeptMax } from '../store/retired-version.ts';
import type { VisitorStore } from '../store/visitor-store.ts';
import type { VisitorInBatch } from './visitor-in-batch.ts';

/** The text of the version that the visitor's state knows; null where it has never let the load go. `versions`: newest first. */
export async function readRetired(
  versions: readonly RetiredVersion[],
  visitor: Pick<VisitorInBatch, 'site' | 'visitor' | 'guards'>,
  store: Pick<VisitorStore, 'load'>,
): Promise<string | null> {
  const known = indexOfKnown(versions, visitor.guards);
  if (mayLackVersion(versions.length, known)) await assertNotOvertaken(visitor, store);
  return versions[known]?.text ?? null;
}

function mayLackVersion(kept: number, known: number): boolean {
  return known < 0 ? kept >= versionsKeptMax : known >= versionsKeptMax;
}

async function assertNotOvertaken(
  { site, visitor, guards }: Pick<VisitorInBatch, 'site' | 'visitor' | 'guards'>,
  store: Pick<VisitorStore, 'load'>,
): Promise<void> {
  const now: Record<Lane, Position> = (await store.load(site, [visitor], 0)).get(visitor)?.guards ?? {};
  const lanes = new Set([...Object.keys(now), ...Object.keys(guards)]) as Set<Lane>;
  for (const lane of lanes) {
    if (now[lane] !== guards[lane]) throw new Error(`another attempt has saved the state of ${visitor} at ${site}`);
  }
}
