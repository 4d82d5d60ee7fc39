/**
 * Where one thing at a time can be broken, to see whether the simulator notices. A mutant stands between two parts that are
 * composed here; no product code knows of it.
 */

import type { ArchiveStore } from '../../functions/archive/archive-store.ts';
import type { SaltStore } from '../../functions/identity/salt-store.ts';
import type { ProcessDeps, processBatch } from '../../functions/process/process.ts';
import type { RebuildPorts } from '../../localstack/rebuild/rebuild-ports.ts';
import type { merge } from '../../web/live/merge.ts';
import type { Send } from './aws/clients.ts';
import type { DynamoDb } from './aws/dynamodb.ts';
import type { Item } from './aws/expression.ts';

/** What of the world a mutant may look at. */
export interface MutantView {
  db: DynamoDb;
  /** To DynamoDB as the processor's own adapters reach it, faults included. */
  send: Send;
  now: () => number;
}

export interface Mutant {
  /** Names it on the command line. */
  name: string;
  /** What is broken. */
  what: string;
  /** Worlds that are known to notice it. */
  seeds: readonly number[];
  /** What must differ, where something else that differs would be easier to see. */
  symptom?: RegExp;
  /** Between the processor's DynamoDB adapters and DynamoDB. */
  send?: (send: Send) => Send;
  /** Between the processor and its ports. */
  ports?: (deps: ProcessDeps, view: MutantView) => ProcessDeps;
  /** Around the handler. */
  process?: (run: typeof processBatch) => typeof processBatch;
  /** Between a rebuild and its ports. */
  rebuild?: (ports: RebuildPorts) => RebuildPorts;
  /** Between ingest and the salts. */
  salts?: (salts: SaltStore) => SaltStore;
  /** Between the archiver and its store. */
  archive?: (store: ArchiveStore) => ArchiveStore;
  merge?: typeof merge;
  /** How many invocations may work on one shard side by side; 1 unless said. */
  parallelization?: number;
  /** Whether a child shard is read before its parents have ended. */
  childrenFirst?: boolean;
  /** Whether failed records are played again at the position that they had. */
  redrivesInPlace?: boolean;
  /** What the snippet or its network does to a body before it is sent. */
  body?: (body: string) => string;
  /** The counters' items as a reader of such a design would understand them. */
  read?: (items: Item[]) => Item[];
}
