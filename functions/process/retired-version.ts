/**
 * What a claim keeps of a retired load, with the position of the record at which its visitor's state let go of it. A load is
 * retired before the state is saved. When the attempt then fails, the claim is ahead of the state: the retry must not see what
 * the failed attempt wrote, or it would take its own records for repeats. So the version before is kept beside the new one,
 * and the guard of the state tells which of them the state knows.
 */
import type { Lane, Position } from '../contract/position.ts';

export interface RetiredVersion {
  lane: Lane;
  position: Position;
  text: string;
}

type Version = [lane: Lane, position: Position, text: string];
type Kept = [newest: Version, before: Version | 0];

export function formatRetired(newest: RetiredVersion, before: RetiredVersion | null): string {
  const kept: Kept = [tupleOf(newest), before ? tupleOf(before) : 0];
  return JSON.stringify(kept);
}

/** The version that a state with these guards had let go of; null where none is kept. */
export function readRetired(kept: string | undefined, guards: Record<Lane, Position>): RetiredVersion | null {
  if (kept === undefined) return null;
  const [newest, before] = JSON.parse(kept) as Kept;
  const [lane, position] = newest;
  const guard = guards[lane];
  if (guard !== undefined && guard >= position) return versionOf(newest);
  return before === 0 ? null : versionOf(before);
}

function tupleOf({ lane, position, text }: RetiredVersion): Version {
  return [lane, position, text];
}
function versionOf([lane, position, text]: Version): RetiredVersion {
  return { lane, position, text };
}
