import type { Bucket } from '../aws/clients.ts';
import type { PutRecord } from '../aws/kinesis.ts';
import type { FailedObject } from '../operator.ts';

export interface Failed {
  /** Positions of the records under `failed/`: `shard-sequence number`. */
  positions: Set<string>;
  faults: string[];
}

/** What stands under `failed/`: each object told of its record truly, and by one key only. */
export function readFailed(bucket: Bucket, everything: readonly PutRecord[]): Failed {
  const failed: Failed = { positions: new Set(), faults: [] };
  const records = new Map(everything.map((put) => [`${put.shardId}-${put.sequenceNumber}`, put]));
  for (const [key, puts] of bucket) {
    if (!key.startsWith('failed/')) failed.faults.push(`an object was put at ${key}`);
    if (new Set(puts).size > 1) failed.faults.push(`${key} was put again with other contents`);
    const { shardId, sequenceNumber, data } = JSON.parse(puts[0] ?? '') as FailedObject;
    const position = `${shardId}-${sequenceNumber}`;
    if (failed.positions.has(position)) failed.faults.push(`${position} is under failed/ twice`);
    failed.positions.add(position);
    const record = records.get(position);
    if (!record || Buffer.from(record.data).toString('base64') !== data) {
      failed.faults.push(`${key} does not hold the record of ${position}`);
    }
  }
  return failed;
}

/** @param mayFail positions of records that failed for want of a configuration, and are not lost by it. */
export function failedDifferences(
  { positions, faults }: Failed,
  undecodable: ReadonlySet<string>,
  mayFail: ReadonlySet<string>,
): string[] {
  const missing = [...undecodable].filter((position) => !positions.has(position));
  const wrong = [...positions].filter((position) => !undecodable.has(position) && !mayFail.has(position));
  return [
    ...faults,
    ...missing.map((position) => `${position} is no record, and is not under failed/`),
    ...wrong.map((position) => `${position} is a good record, and is under failed/`),
  ];
}
