import type { EpochStore } from '../sites/epoch-store.ts';

export interface EpochGateParts {
  epochs: Pick<EpochStore, 'pointer'>;
  /** In use until the pointer moves for the first time. */
  configured: string;
  sleep(ms: number): Promise<void>;
  /** How often an epoch that is being handed over is looked at again, before the batch is given back. */
  looks: number;
}

const lookEveryMs = 250;

/**
 * In which epoch a batch is counted. Whoever is told the epoch before the switch has records that were on the stream before it; so
 * whoever builds the next epoch up to a record that was put after the switch has built all that was ever counted in this one.
 */
export class EpochGate {
  constructor(private readonly parts: EpochGateParts) {}

  /** Null: the epoch in use is not built to its end yet; the batch is to be tried again. */
  async enter(): Promise<string | null> {
    const { epochs, configured, sleep, looks } = this.parts;
    for (let look = 0; look < looks; look++) {
      if (look > 0) await sleep(lookEveryMs);
      const pointer = await epochs.pointer();
      if (!pointer?.handover) return pointer?.epoch ?? configured;
    }
    return null;
  }
}
