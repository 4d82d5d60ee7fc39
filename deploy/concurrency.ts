import type { StackFacts } from './stacks.cloudformation.ts';

/**
 * What AWS keeps for functions that reserve nothing, of an account's concurrent executions in a region:
 * https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionConcurrency.html
 */
const unreservedMin = 100;

/**
 * Lambda runs one processor a shard. What is reserved is a ceiling, too, so it leaves room for the shards of a split or a merge under way:
 * the stream is at most doubled or halved at once.
 * https://docs.aws.amazon.com/kinesis/latest/APIReference/API_UpdateShardCount.html
 */
const reservedPerShard = 2;

/** Settings as the CDK takes them, and a sentence on what was decided. */
export interface Reservation {
  settings: string[];
  told: string;
}

/**
 * What to reserve for the processor, so that no other function can starve it. Null: that was chosen already, 0 included.
 * @param setting as it was chosen; undefined: it was not
 * @param before what stands now, if anything does: its own reservations are free for it to have again
 * @param unreserved executions that no function of the account has reserved; asked for only where it matters
 */
export async function processorReservation(
  setting: (name: string) => unknown,
  before: StackFacts | null,
  unreserved: () => Promise<number>,
): Promise<Reservation | null> {
  if (setting('processConcurrencyReserved') !== undefined) return null;
  if (String(setting('onDemandStream')) === 'true') {
    return {
      settings: [],
      told: 'Nothing is reserved for the processor, as a reservation is a ceiling, too, and Kinesis chooses the number of shards: choose processConcurrencyReserved yourself. The alarm ProcessThrottled rings when other functions starve it.',
    };
  }
  const wanted = reservedPerShard * Number(setting('shards') ?? 1);
  const capped = Number(setting('ingestConcurrencyMax') ?? 0) + Number(setting('captureConcurrencyMax') ?? 0);
  const free = (await unreserved()) + Number(before?.outputs.ConcurrencyReserved ?? 0) - capped;
  if (free - wanted >= unreservedMin) {
    return {
      settings: [`processConcurrencyReserved=${wanted}`],
      told: `Reserved for the processor: ${wanted} of the account's concurrent executions.`,
    };
  }
  return {
    settings: [],
    told: `Nothing is reserved for the processor, as ${wanted} of the account's ${free} free concurrent executions would leave fewer than the ${unreservedMin} that AWS demands: ask for more of Lambda's "Concurrent executions" in Service Quotas, and run this again. Until then the alarm ProcessThrottled rings when other functions starve it.`,
  };
}
