import { Fault } from './fault.ts';
import type { StackFacts } from './stacks.cloudformation.ts';

/**
 * CloudFormation changes the number of shards by one call, which at most doubles or halves it; a deployment that asks for more is rolled
 * back: https://docs.aws.amazon.com/kinesis/latest/APIReference/API_UpdateShardCount.html
 * @param setting as it was chosen; undefined: it was not
 * @param before what stands now, if anything does
 * @param openShards of a stream, by its name
 * @throws Fault that names the nearest number that can be had at once.
 */
export async function assertShardsReachable(
  setting: (name: string) => unknown,
  before: StackFacts | null,
  openShards: (streamName: string) => Promise<number>,
): Promise<void> {
  const streamName = before?.outputs.StreamName;
  if (!streamName || String(setting('onDemandStream')) === 'true') return;
  const wanted = Number(setting('shards') ?? 1);
  const open = await openShards(streamName);
  const nearest = Math.min(Math.max(wanted, Math.ceil(open / 2)), open * 2);
  // What is no number of shards is refused by name when the settings are read.
  if (open === 0 || nearest === wanted || !Number.isInteger(wanted)) return;
  throw new Fault(
    `The stream has ${open} shards and "shards" is ${wanted}: AWS at most doubles or halves them at once. Deploy with ${nearest} first.`,
  );
}
