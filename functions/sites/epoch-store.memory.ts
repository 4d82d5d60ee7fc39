import type { Position } from '../contract/position.ts';
import type { EpochBuild, EpochPointer, EpochStore } from './epoch-store.ts';

/** Epochs in this process's memory. */
export function memoryEpochStore(): EpochStore {
  let pointer: EpochPointer | null = null;
  let build: EpochBuild | null = null;
  let held = { by: '', until: 0 };
  const lanes = new Map<string, Position>();

  return {
    pointer: async () => pointer && { ...pointer },
    async switchTo(from, to, now) {
      if (pointer && pointer.epoch !== from) return false;
      pointer = { epoch: to, handover: true, movedAt: now };
      return true;
    },
    async settle(epoch) {
      if (pointer?.epoch === epoch) pointer = { ...pointer, handover: false };
    },
    built: async (epoch, lane) => lanes.get(`${epoch}|${lane}`) ?? null,
    async setBuilt(epoch, lane, position) {
      lanes.set(`${epoch}|${lane}`, position);
    },
    build: async () => build && { ...build },
    async beginBuild(wanted, before) {
      if ((build?.epoch ?? null) !== before) return false;
      build = { ...wanted };
      return true;
    },
    async hold(holder, now, until) {
      if (held.by !== holder && held.until > now) return held.until;
      held = { by: holder, until };
      return null;
    },
  };
}
