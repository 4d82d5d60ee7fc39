import { account, region } from './resource-identity.ts';
import type { ShardRecord } from './shard-batch.ts';

/** The event that a function gets from a Kinesis mapping: https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html */
export function kinesisEvent(shard: string, streamArn: string, records: ShardRecord[]): string {
  return JSON.stringify({
    Records: records.map(({ sequenceNumber, partitionKey, data, arrivedAt }) => ({
      kinesis: {
        kinesisSchemaVersion: '1.0',
        partitionKey,
        sequenceNumber,
        data,
        approximateArrivalTimestamp: arrivedAt / 1000,
      },
      eventSource: 'aws:kinesis',
      eventVersion: '1.0',
      eventID: `${shard}:${sequenceNumber}`,
      eventName: 'aws:kinesis:record',
      invokeIdentityArn: `arn:aws:iam::${account}:role/embedded`,
      awsRegion: region,
      eventSourceARN: streamArn,
    })),
  });
}

/** What a record of the event has beside its data, key and numbers; with the longest name that a stream may have, below this. */
const envelopeBytes = 640;

/** How many of the records fit one invocation (6 MB of JSON); at least one. */
export function countWithin(records: ShardRecord[], bytesMax: number): number {
  let bytes = 0;
  for (const [index, { data, partitionKey, sequenceNumber }] of records.entries()) {
    bytes += data.length + jsonBytes(partitionKey) + 2 * sequenceNumber.length + envelopeBytes;
    if (bytes > bytesMax) return Math.max(1, index);
  }
  return records.length;
}

/** Of a text in JSON: a key may have 256 characters of any kind. */
function jsonBytes(text: string): number {
  return Buffer.byteLength(JSON.stringify(text));
}
