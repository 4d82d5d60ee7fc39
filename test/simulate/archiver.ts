/** The archiver: the real function with the real adapter, over the simulator's bucket, in instances that crash and are late. */
import { archiveBatch } from '../../functions/archive/archive-batch.ts';
import { s3ArchiveStore } from '../../functions/archive/archive-store.s3.ts';
import type { ArchiveStore } from '../../functions/archive/archive-store.ts';
import type { StreamBatch } from '../../functions/process/batch.ts';
import { type Archive, s3ClientOf } from './aws/clients.ts';
import { Host, type HostParts } from './host.ts';
import type { Consumer } from './lambda-function.ts';
import type { Mutant } from './mutant.ts';
import { callFaults } from './processor.ts';

export class ArchiverInstance implements Consumer {
  readonly host: Host;
  readonly #store: ArchiveStore;

  constructor(archive: Archive, parts: HostParts, mutant: Mutant) {
    this.host = new Host(parts, callFaults);
    const client = s3ClientOf(this.host, (key, body) => archive.set(key, Buffer.from(body)));
    const store = s3ArchiveStore(client, 'archive');
    this.#store = mutant.archive?.(store) ?? store;
  }

  /** As `functions/archive/archive.lambda.ts` answers. */
  async process({ shardId, records }: StreamBatch): Promise<{ failedFrom: string | null }> {
    try {
      await archiveBatch({ generation: 0, shardId, records }, this.#store);
      return { failedFrom: null };
    } catch {
      return { failedFrom: records[0]?.sequenceNumber ?? null };
    }
  }
}
