import type { KinesisClient } from '@aws-sdk/client-kinesis';
import { describe, expect, it } from 'vitest';
import { onlyStream, reshard } from '../../../localstack/shards/reshard.kinesis.ts';

/** Answers every call with what stands here. */
function client(answer: object): { client: KinesisClient; calls: string[] } {
  const calls: string[] = [];
  const send = async (command: object) => {
    calls.push(command.constructor.name);
    return answer;
  };
  return { client: { send } as unknown as KinesisClient, calls };
}

describe('the stream whose shards are changed', () => {
  it('is the only one, or has to be named', async () => {
    expect(await onlyStream(client({ StreamNames: ['events'] }).client)).toBe('events');
    await expect(onlyStream(client({ StreamNames: ['one', 'other'] }).client)).rejects.toThrow(
      'there are 2 streams (one, other): name one with --stream',
    );
    await expect(onlyStream(client({ StreamNames: [] }).client)).rejects.toThrow('there are 0 streams');
  });

  it('is left alone when it chooses its shards itself', async () => {
    const { client: onDemand, calls } = client({
      StreamDescriptionSummary: { StreamStatus: 'ACTIVE', StreamModeDetails: { StreamMode: 'ON_DEMAND' } },
    });
    await expect(reshard(onDemand, 'events', 4, () => undefined)).rejects.toThrow('events is on demand');
    expect(calls).toEqual(['DescribeStreamSummaryCommand']);
  });
});
