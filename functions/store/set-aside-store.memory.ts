import type { Lane, Position } from '../contract/position.ts';
import type { SetAside, SetAsideStore } from './set-aside-store.ts';

interface LaneMark {
  ticket: number;
  isOpen: boolean;
  mark: Position | null;
}

/** What is set aside, in this process's memory. */
export function memorySetAsideStore(): SetAsideStore {
  const lanes = new Map<Lane, LaneMark>();
  const decisions = new Map<string, SetAside | null>();

  return {
    async begin(lane) {
      const { ticket, mark } = lanes.get(lane) ?? { ticket: 0, mark: null };
      lanes.set(lane, { ticket: ticket + 1, isOpen: true, mark });
      return { ticket: ticket + 1, mark };
    },
    async raise(lane, ticket, mark) {
      const marked = lanes.get(lane);
      if (!marked?.isOpen || marked.ticket !== ticket) return false;
      lanes.set(lane, { ticket, isOpen: false, mark });
      return true;
    },
    async mayFold(lane) {
      const marked = lanes.get(lane);
      if (marked) marked.isOpen = false;
      return marked?.mark ?? null;
    },
    async decide(lane, position, decision) {
      const name = `${lane}|${position}`;
      const stands = decisions.get(name);
      if (stands !== undefined) return stands;
      decisions.set(name, decision);
      return decision;
    },
  };
}
