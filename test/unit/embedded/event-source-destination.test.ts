/**
 * The object that an on-failure destination on S3 gets. Fields and key are those of
 * https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html ("Example Amazon S3 invocation record").
 */
import { describe, expect, it } from 'vitest';
import { type Discard, discardDocument } from '../../../localstack/embedded/discarded-records.ts';
import { kinesisEvent } from '../../../localstack/embedded/kinesis-event.ts';
import { recordAt, startedAt } from './event-source-shard.ts';

const streamArn = 'arn:aws:kinesis:us-east-1:000000000000:stream/events';
const records = [recordAt(1, 250), recordAt(2, 1_500)];
const discard = (changes: Partial<Discard> = {}): Discard => ({
  mapping: 'f89f8514-cdd9-4602-9e1f-01a5b77d449b',
  shard: 'shardId-000000000001',
  streamArn,
  functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:process',
  condition: 'RetryAttemptsExhausted',
  isFunctionError: true,
  invocations: 3,
  records,
  payload: kinesisEvent('shardId-000000000001', streamArn, records),
  now: startedAt + 6_021,
  ...changes,
});
const documentOf = (changes: Partial<Discard> = {}) => JSON.parse(discardDocument(discard(changes)).body);
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('the document of discarded records', () => {
  // "All of the fields shown in the KinesisBatchInfo property will always be present."
  it('has the fields of the example, and no others', () => {
    const { payload, ...document } = documentOf();
    expect(document).toEqual({
      requestContext: {
        requestId: expect.stringMatching(uuid),
        functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:process',
        condition: 'RetryAttemptsExhausted',
        approximateInvokeCount: 3,
      },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      version: '1.0',
      timestamp: '2026-11-23T12:00:06.021Z',
      KinesisBatchInfo: {
        shardId: 'shardId-000000000001',
        startSequenceNumber: '1',
        endSequenceNumber: '2',
        approximateArrivalOfFirstRecord: '2026-11-23T12:00:00.250Z',
        approximateArrivalOfLastRecord: '2026-11-23T12:00:01.500Z',
        batchSize: 2,
        streamArn,
      },
    });
    expect(typeof payload).toBe('string');
  });

  // "the payload field contains the original invocation record as an escaped JSON string"
  it('has the records themselves, as the function was given them', () => {
    const { Records } = JSON.parse(documentOf().payload);
    expect(Records).toHaveLength(2);
    expect(Records[1]).toEqual({
      kinesis: {
        kinesisSchemaVersion: '1.0',
        partitionKey: 'p',
        sequenceNumber: '2',
        data: btoa('2'),
        approximateArrivalTimestamp: (startedAt + 1_500) / 1000,
      },
      eventSource: 'aws:kinesis',
      eventVersion: '1.0',
      eventID: 'shardId-000000000001:2',
      eventName: 'aws:kinesis:record',
      invokeIdentityArn: expect.stringMatching(/^arn:aws:iam::/),
      awsRegion: 'us-east-1',
      eventSourceARN: streamArn,
    });
  });

  // Observed: null, where the function ended well and reported records as failed.
  it('tells reported records from an error', () => {
    expect(documentOf({ isFunctionError: false }).responseContext.functionError).toBeNull();
  });

  // Observed: records that were too old have no response, whether or not the function had been invoked with them.
  it('has no response for records that were too old', () => {
    const document = documentOf({ condition: 'RecordAgeExceeded', isFunctionError: false });
    expect(document.requestContext.condition).toBe('RecordAgeExceeded');
    expect(document).not.toHaveProperty('responseContext');
  });

  // "aws/lambda/<ESM-UUID>/<shardID>/YYYY/MM/DD/YYYY-MM-DDTHH.MM.SS-<Random UUID>"
  it('stands under mapping, shard and date, each under a key of its own', () => {
    const { key } = discardDocument(discard());
    const [folder, name = ''] = [key.slice(0, key.lastIndexOf('/')), key.split('/').at(-1)];
    expect(folder).toBe('aws/lambda/f89f8514-cdd9-4602-9e1f-01a5b77d449b/shardId-000000000001/2026/11/23');
    expect(name.slice(0, 20)).toBe('2026-11-23T12.00.06-');
    expect(name.slice(20)).toMatch(uuid);
    expect(discardDocument(discard()).key).not.toBe(key);
  });
});
