import { setTimeout as sleep } from 'node:timers/promises';
import {
  DescribeStreamSummaryCommand,
  type KinesisClient,
  ListShardsCommand,
  ListStreamsCommand,
  MergeShardsCommand,
  type Shard,
  SplitShardCommand,
} from '@aws-sdk/client-kinesis';
import { nextStep, type ShardRange, type Step } from './next-step.ts';

const lookEveryMs = 250;
/** A split takes some thirty seconds on AWS. */
const activeMsMax = 10 * 60_000;

/** The one stream that is there. @throws Error that lists them when there are none or several. */
export async function onlyStream(client: KinesisClient): Promise<string> {
  const { StreamNames = [] } = await client.send(new ListStreamsCommand({}));
  const [name] = StreamNames;
  if (name !== undefined && StreamNames.length === 1) return name;
  throw new Error(`there are ${StreamNames.length} streams (${StreamNames.join(', ')}): name one with --stream`);
}

/**
 * Splits and merges shards, one after the other, until `target` share the hash keys evenly. Records go on coming and being read: a
 * closed shard is read to its end before its children are.
 * @returns how many steps it took.
 * @throws Error when the stream chooses its shards itself, or is not active again in time; the service's own error.
 */
export async function reshard(
  client: KinesisClient,
  StreamName: string,
  target: number,
  progress: (what: string) => void,
): Promise<number> {
  for (let steps = 0; ; steps++) {
    await untilActive(client, StreamName, progress);
    const open = await openShards(client, StreamName);
    const step = nextStep(open, target);
    if (!step) return steps;
    progress(`${open.length} shards: ${textOf(step)}`);
    await take(client, StreamName, step);
  }
}

function textOf(step: Step): string {
  return step.what === 'split' ? `splitting ${step.shard}` : `merging ${step.low} and ${step.high}`;
}

async function take(client: KinesisClient, StreamName: string, step: Step): Promise<void> {
  if (step.what === 'split') {
    const NewStartingHashKey = String(step.at);
    await client.send(new SplitShardCommand({ StreamName, ShardToSplit: step.shard, NewStartingHashKey }));
  } else {
    const { low, high } = step;
    await client.send(new MergeShardsCommand({ StreamName, ShardToMerge: low, AdjacentShardToMerge: high }));
  }
}

async function untilActive(client: KinesisClient, StreamName: string, progress: (what: string) => void): Promise<void> {
  const endsAt = Date.now() + activeMsMax;
  for (;;) {
    const { StreamDescriptionSummary } = await client.send(new DescribeStreamSummaryCommand({ StreamName }));
    if (StreamDescriptionSummary?.StreamModeDetails?.StreamMode === 'ON_DEMAND') {
      throw new Error(`${StreamName} is on demand: Kinesis chooses its shards`);
    }
    const status = StreamDescriptionSummary?.StreamStatus;
    if (status === 'ACTIVE') return;
    if (Date.now() > endsAt) throw new Error(`${StreamName} is still ${status} after ${activeMsMax / 60_000} minutes`);
    progress(`${StreamName} is ${status}`);
    await sleep(lookEveryMs);
  }
}

export async function openShards(client: KinesisClient, StreamName: string): Promise<ShardRange[]> {
  const open: ShardRange[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(new ListShardsCommand(NextToken ? { NextToken } : { StreamName }));
    for (const shard of page.Shards ?? []) if (isOpen(shard)) open.push(rangeOf(shard));
    NextToken = page.NextToken;
  } while (NextToken);
  return open;
}

/** Judged here and not by ShardFilter, which stand-ins for the service do not know. */
function isOpen(shard: Shard): boolean {
  return shard.SequenceNumberRange?.EndingSequenceNumber === undefined;
}

function rangeOf({ ShardId = '', HashKeyRange }: Shard): ShardRange {
  return {
    id: ShardId,
    from: BigInt(HashKeyRange?.StartingHashKey ?? 0),
    to: BigInt(HashKeyRange?.EndingHashKey ?? 0),
  };
}
