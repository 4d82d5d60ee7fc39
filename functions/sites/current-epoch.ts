import type { EpochStore } from './epoch-store.ts';

/** The epoch to read from. Asked for with every request: so all instances read the new one from the same instant on. */
export async function currentEpoch(epochs: Pick<EpochStore, 'pointer'>, configured: string): Promise<string> {
  return (await epochs.pointer())?.epoch ?? configured;
}
