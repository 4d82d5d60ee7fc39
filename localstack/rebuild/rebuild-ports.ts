import type { ArchivedRecord } from '../../functions/archive/archive-line.ts';
import type { ArchiveStore } from '../../functions/archive/archive-store.ts';
import type { StreamRecord } from '../../functions/contract/record.ts';
import type { ProcessDeps } from '../../functions/process/process.ts';
import type { EpochStore } from '../../functions/sites/epoch-store.ts';
import type { AuditReport } from '../audit/audit-day.ts';

/** Where a record stands on today's stream. */
export interface StreamPlace {
  shardId: string;
  sequenceNumber: string;
}

export interface RebuildPorts {
  archive: Pick<ArchiveStore, 'keys' | 'get'>;
  /** The ids of the stream's shards, parents before their children. */
  shards(): Promise<string[]>;
  /** What a shard holds behind a sequence number (null: from its oldest record), up to this moment, in parts. */
  records(shardId: string, after: string | null): AsyncIterable<ArchivedRecord[]>;
  /** Puts a record that counts nothing on every open shard, and tells where. */
  mark(): Promise<StreamPlace[]>;
  /** Puts a record on the stream again, under its owner. */
  putBack(record: StreamRecord): Promise<void>;
  generation: number;
  epochs: Omit<EpochStore, 'hold'>;
  /** The epoch that is in use until the pointer moves for the first time. */
  configured: string;
  /** The processor's stores in an epoch. What is set aside is so in all of them. */
  stores(epoch: string): Pick<ProcessDeps, 'counters' | 'visitors' | 'setAside' | 'admissions' | 'configs' | 'failed'>;
  /** Has the epoch count today's goals and funnels of all sites for what came before them, too. */
  fillGoals(epoch: string): Promise<void>;
  /**
   * Copies what epoch `from` has counted and no record tells any more to epoch `to`. `firsts`: by site, the instant of the oldest
   * event that is kept.
   */
  copyOlder(older: { from: string; to: string; firsts: ReadonlyMap<string, number> }): Promise<void>;
  /** IANA time zone of a site's days. */
  zoneOf(site: string): Promise<string>;
  /** Compares what was built with the archive, for one day of one site. */
  audit(epoch: string, site: string, day: string): Promise<AuditReport>;
  sleep(ms: number): Promise<void>;
  /** ms since the epoch. */
  clock(): number;
  /** What is being done, for a person who waits. */
  progress(what: string): void;
}
