import type { Lane, Position } from '../contract/position.ts';
import type { StreamRecord, TickRecord } from '../contract/record.ts';
import type { SiteConfig } from '../contract/site.ts';

/** What one invocation is handed: records of one shard, in order. */
export interface StreamBatch {
  shardId: string;
  records: StreamBatchRecord[];
}
export interface StreamBatchRecord {
  sequenceNumber: string;
  data: Uint8Array;
  /** When the stream took it, ms since the epoch. */
  arrivedAt: number;
}

/** A record of the batch and what is to become of it. Every one keeps its position, whether or not it adds anything. */
export interface Entry {
  source: StreamBatchRecord;
  position: Position;
  content:
    | { what: 'record'; record: StreamRecord; config: SiteConfig }
    | { what: 'tick'; tick: TickRecord }
    /** In the visitor's state already, or put back on the stream for its load's owner. */
    | { what: 'passed'; why: 'counted' | 'put-back' }
    | { what: 'failed'; site: string; reason: string; message: string };
}

/** An entry whose record is still to be folded. */
export interface RecordEntry extends Entry {
  content: Extract<Entry['content'], { what: 'record' }>;
}
export function isRecordEntry(entry: Entry): entry is RecordEntry {
  return entry.content.what === 'record';
}

/** An entry whose record is set aside. */
export interface FailedEntry extends Entry {
  content: Extract<Entry['content'], { what: 'failed' }>;
}
export function isFailedEntry(entry: Entry): entry is FailedEntry {
  return entry.content.what === 'failed';
}

/** What decodes and still cannot be folded is a fault of ours: it is kept until that is mended. */
export function notFolded(site: string, error: unknown): Entry['content'] {
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { what: 'failed', site, reason: 'not-folded', message };
}

/** The shard's lane, as it goes through all steps. */
export interface LaneBatch {
  shardId: string;
  lane: Lane;
  entries: Entry[];
}
