/** The limits of AWS that a site meets, how much of each its busiest second takes, and what to do about it. */
import { functionMemoryMb, type Use } from '../../functions/contract/bill.ts';

export interface Limit {
  name: string;
  used: number;
  most: number;
  unit: string;
  /** Whether more shards help. */
  isOfShards: boolean;
  mend: string;
}

/** What shards are chosen by: so full they may be in the busiest second. */
const shardShareMax = 0.7;

/** How much room the fullest of the shards' limits leaves below `shardShareMax`; negative where there is none. */
export function shardRoom(limits: readonly Limit[]): number {
  const shares = limits.filter(({ isOfShards }) => isOfShards).map(shareOf);
  return shardShareMax - Math.max(...shares);
}

export function shareOf({ used, most }: Pick<Limit, 'used' | 'most'>): number {
  return used / most;
}

/** The one that is met first as traffic grows. */
export function firstMet(limits: readonly Limit[]): Limit {
  const [first] = [...limits].sort((one, other) => shareOf(other) - shareOf(one));
  if (!first) throw new Error('there are no limits');
  return first;
}

export interface Load {
  shards: number;
  /** Of one second. */
  peak: Use;
  /** That the batches of this second take on one shard. */
  processorMs: number;
  /** Write units to the busiest partition of the counters. */
  hottestUnits: number;
  dashboardsAtOnce: number;
}

/** Quotas as AWS has them in us-east-1 for an account that asked for none to be raised. */
export function limitsOf({ shards, peak, processorMs, hottestUnits, dashboardsAtOnce }: Load): Limit[] {
  const addShards = 'npm run shards, and "shards" in cdk.json';
  const messages = dashboardsAtOnce * peak.batches;
  const ingestMs = 12;
  return [
    // https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html
    limit('records on a shard', peak.records / shards, 1_000, '/s', true, addShards),
    limit('bytes on a shard', peak.streamBytes / shards, 1_048_576, 'B/s', true, addShards),
    // One batch of a shard at a time: a second's batches must take no longer than a second.
    limit(
      'the processor of a shard',
      processorMs,
      1_000,
      'ms/s',
      true,
      `${addShards} (it has ${functionMemoryMb.process} MB)`,
    ),
    // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html
    limit(
      'writes to the hottest partition',
      hottestUnits,
      1_000,
      'units/s',
      false,
      'a longer batching window (cdk/process.ts)',
    ),
    // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html
    limit('writes to a table', peak.writeUnits, 40_000, 'units/s', false, 'ask AWS for a higher table quota'),
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html: an account's, all its APIs together.
    limit(
      'requests of the account',
      peak.requests + peak.queries + messages,
      10_000,
      '/s',
      false,
      'ask AWS for a higher quota of API Gateway',
    ),
    limit(
      'requests that the stack lets in',
      peak.requests + peak.queries,
      2_000,
      '/s',
      false,
      '"requestsPerSecondMax" in cdk.json, up to 10,000',
    ),
    // https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
    limit(
      'functions at once',
      (peak.requests * ingestMs) / 1_000 + shards * 2,
      1_000,
      '',
      false,
      'ask AWS for more concurrent executions',
    ),
  ];
}

function limit(name: string, used: number, most: number, unit: string, isOfShards: boolean, mend: string): Limit {
  return { name, used, most, unit, isOfShards, mend };
}
