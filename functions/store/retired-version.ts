import { compareLanes, type Lane, type Position } from '../contract/position.ts';

/** A load as its visitor's state let go of it, at the record of `position`. */
export interface RetiredVersion {
  lane: Lane;
  position: Position;
  text: string;
}

/** With one more, a claim's usual versions (70 characters) are written in 1 KB; the longest (some 500) stay within 4 KB. */
export const versionsKeptMax = 6;

/** A visitor moves only to shards that were opened later, so the order of lanes is the order of its records. */
export function newestFirst(versions: Iterable<RetiredVersion>): RetiredVersion[] {
  return [...versions].sort(
    (one, other) => compareLanes(other.lane, one.lane) || (one.position < other.position ? 1 : -1),
  );
}

/** Where the newest version stands that a state with these guards knows; -1: it knows none. `versions`: newest first. */
export function indexOfKnown(versions: readonly RetiredVersion[], guards: Record<Lane, Position>): number {
  return versions.findIndex(({ lane, position }) => (guards[lane] ?? '') >= position);
}

/**
 * The versions to drop: beyond the newest `versionsKeptMax`, and older than the one that a state with these guards knows. A
 * stored state's guards never go back, so no attempt to come asks for them.
 */
export function droppedVersions(
  versions: readonly RetiredVersion[],
  guards: Record<Lane, Position>,
): readonly RetiredVersion[] {
  const known = indexOfKnown(versions, guards);
  return known < 0 ? [] : versions.slice(Math.max(versionsKeptMax, known + 1));
}
