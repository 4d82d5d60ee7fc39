import { laneOf, type Position, positionOf } from '../contract/position.ts';
import type { ArchivedRecord } from './archive-line.ts';
import { recordIn } from './archive-line.ts';

interface Load {
  visitors: Set<string>;
  /** Of the record that the stream took last. */
  newest: { arrivedAt: number; visitor: string };
}

/** Who is named in a part of the archive: visitors, and whose each load is. */
export class Census {
  readonly visitors = new Set<string>();
  readonly #loads = new Map<string, Load>();

  take(archived: ArchivedRecord): void {
    const record = recordIn(archived);
    if (!record) return;
    const { visitor, load: id } = record;
    this.visitors.add(visitor);
    const load = this.#loads.get(id) ?? { visitors: new Set<string>(), newest: { arrivedAt: 0, visitor } };
    load.visitors.add(visitor);
    if (archived.arrivedAt >= load.newest.arrivedAt) load.newest = { arrivedAt: archived.arrivedAt, visitor };
    this.#loads.set(id, load);
  }

  /** Loads that several visitors name: the first to claim one owns it, and the others' records were put back for the owner. */
  contested(): string[] {
    return [...this.#loads].flatMap(([load, { visitors }]) => (visitors.size > 1 ? [load] : []));
  }

  /**
   * The owner, as the archive tells it: whatever named another visitor came again under the owner, so the owner has the last word.
   * The claim itself says the same for as long as it is kept.
   */
  lastNamed(load: string): string | null {
    return this.#loads.get(load)?.newest.visitor ?? null;
  }
}

/** Lane and position as one text, for sets. */
export function placeOf({ generation, shardId, sequenceNumber }: Omit<ArchivedRecord, 'data' | 'arrivedAt'>): {
  lane: ReturnType<typeof laneOf>;
  position: Position;
} {
  return { lane: laneOf(generation, shardId), position: positionOf(sequenceNumber) };
}
