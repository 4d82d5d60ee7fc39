import { keyText } from '../contract/counter.ts';
import type { Lane, Position } from '../contract/position.ts';
import { type Closing, closedItemsMax, type LaneNotes, type SetAside, type SetAsideStore } from './set-aside-store.ts';

interface LaneMark extends LaneNotes {
  ticket: number;
  isOpen: boolean;
  closed: Map<string, Closing>;
}

/** What is set aside, in this process's memory. */
export function memorySetAsideStore(): SetAsideStore {
  const lanes = new Map<Lane, LaneMark>();
  const decisions = new Map<string, SetAside | null>();

  function laneOf(lane: Lane): LaneMark {
    const known = lanes.get(lane) ?? { ticket: 0, isOpen: false, mark: null, closed: new Map() };
    lanes.set(lane, known);
    return known;
  }
  const notesOf = ({ mark, closed }: LaneMark): LaneNotes => ({ mark, closed: new Map(closed) });

  return {
    async begin(lane) {
      const marked = laneOf(lane);
      marked.ticket += 1;
      marked.isOpen = true;
      return { ticket: marked.ticket, ...notesOf(marked) };
    },
    async raise(lane, ticket, mark: Position) {
      const marked = laneOf(lane);
      if (!marked.isOpen || marked.ticket !== ticket) return false;
      Object.assign(marked, { isOpen: false, mark });
      return true;
    },
    async mayFold(lane) {
      const marked = laneOf(lane);
      marked.isOpen = false;
      return notesOf(marked);
    },
    async decide(lane, position, decision) {
      const name = `${lane}|${position}`;
      const stands = decisions.get(name);
      if (stands !== undefined) return stands;
      decisions.set(name, decision);
      return decision;
    },
    async close(lane, item, closing, nowSeconds) {
      const { closed } = laneOf(lane);
      for (const [name, { expiresAt }] of closed) if (expiresAt <= nowSeconds) closed.delete(name);
      if (closed.has(keyText(item))) return;
      if (closed.size >= closedItemsMax) throw new Error(`lane ${lane} cannot write ${closed.size + 1} items`);
      closed.set(keyText(item), closing);
    },
  };
}
