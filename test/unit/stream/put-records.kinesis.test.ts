import type { KinesisClient, PutRecordsCommand, PutRecordsCommandOutput } from '@aws-sdk/client-kinesis';
import { describe, expect, it } from 'vitest';
import { putRecords } from '../../../functions/stream/put-records.kinesis.ts';

const records = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ PartitionKey: String(index), Data: Buffer.from('{}') }));

/** A stream that refuses of each call the records that `refuses` says, and remembers which keys each call had. */
function stream(refuses: (key: string, call: number) => boolean) {
  const calls: string[][] = [];
  const send = async ({ input }: PutRecordsCommand): Promise<Partial<PutRecordsCommandOutput>> => {
    const keys = (input.Records ?? []).map(({ PartitionKey = '' }) => PartitionKey);
    calls.push(keys);
    const answers = keys.map((key) =>
      refuses(key, calls.length) ? { ErrorCode: 'ProvisionedThroughputExceededException' } : { SequenceNumber: '1' },
    );
    return { FailedRecordCount: answers.filter(({ ErrorCode }) => ErrorCode).length, Records: answers };
  };
  return { client: { send } as unknown as Pick<KinesisClient, 'send'>, calls };
}

describe('many records by one call', () => {
  it('puts again those that the stream did not take, and those alone', async () => {
    const { client, calls } = stream((key, call) => call === 1 && ['1', '3'].includes(key));
    await putRecords(client, 'events', records(5));
    expect(calls).toEqual([
      ['0', '1', '2', '3', '4'],
      ['1', '3'],
    ]);
  });

  it('gives up after four calls, and says why', async () => {
    const { client, calls } = stream((key) => key === '2');
    await expect(putRecords(client, 'events', records(3))).rejects.toThrow(
      'did not take 1 of 3 records: ProvisionedThroughputExceededException',
    );
    expect(calls).toHaveLength(4);
  });

  it('asks the stream for no more than it takes by one call, and for nothing when there is nothing', async () => {
    const { client, calls } = stream(() => false);
    await putRecords(client, 'events', records(1_001));
    expect(calls.map(({ length }) => length)).toEqual([500, 500, 1]);
    await putRecords(client, 'events', []);
    expect(calls).toHaveLength(3);
  });
});
