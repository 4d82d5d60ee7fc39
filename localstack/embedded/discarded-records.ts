import { randomUUID } from 'node:crypto';
import type { ShardRecord } from './shard-batch.ts';

/** Why Lambda gave records up. */
export type Condition = 'RetryAttemptsExhausted' | 'RecordAgeExceeded';

/** What a shard's reader says of records that it gave up. */
export interface GivenUp {
  records: ShardRecord[];
  condition: Condition;
  /** Whether the function ended in an error; false where it reported failed records, or was not invoked. */
  isFunctionError: boolean;
  invocations: number;
  /** The event, as the function was given it. */
  payload: string;
}

export interface Discard extends GivenUp {
  mapping: string;
  shard: string;
  streamArn: string;
  functionArn: string;
  now: number;
}

/**
 * The object that Lambda writes for discarded records, and its key. A destination on S3 gets the records themselves:
 * https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html
 */
export function discardDocument(discard: Discard): { key: string; body: string } {
  const { mapping, shard, records, condition, now } = discard;
  const first = records[0];
  const last = records.at(-1);
  const time = new Date(now).toISOString();
  const document = {
    requestContext: {
      requestId: randomUUID(),
      functionArn: discard.functionArn,
      condition,
      approximateInvokeCount: discard.invocations,
    },
    ...(condition === 'RetryAttemptsExhausted'
      ? {
          responseContext: {
            statusCode: 200,
            executedVersion: '$LATEST',
            functionError: discard.isFunctionError ? 'Unhandled' : null,
          },
        }
      : {}),
    version: '1.0',
    timestamp: time,
    KinesisBatchInfo: {
      shardId: shard,
      startSequenceNumber: first?.sequenceNumber,
      endSequenceNumber: last?.sequenceNumber,
      approximateArrivalOfFirstRecord: first && new Date(first.arrivedAt).toISOString(),
      approximateArrivalOfLastRecord: last && new Date(last.arrivedAt).toISOString(),
      batchSize: records.length,
      streamArn: discard.streamArn,
    },
    payload: discard.payload,
  };
  const [date = '', clock = ''] = time.split('T');
  const moment = `${date}T${clock.slice(0, 8).replaceAll(':', '.')}`;
  const key = `aws/lambda/${mapping}/${shard}/${date.replaceAll('-', '/')}/${moment}-${randomUUID()}`;
  return { key, body: JSON.stringify(document) };
}
