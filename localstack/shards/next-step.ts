/** An open shard and its hash keys, both ends included. */
export interface ShardRange {
  id: string;
  from: bigint;
  to: bigint;
}

export type Step = { what: 'split'; shard: string; at: bigint } | { what: 'merge'; low: string; high: string };

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_HashKeyRange.html: hash keys are 128-bit. */
export const hashKeySpace = 2n ** 128n;
/** A border this near to where it should be, as a part of an even share, is right: services round differently. */
const slackPart = 1_000n;

/**
 * What to do next so that `target` shards share the hash keys evenly: splits first, where a border is missing, then merges, where
 * there is one too many. It looks at nothing but the shards, so whoever was interrupted goes on where it stood.
 * @param open all open shards, in any order.
 * @returns null when there is nothing to do.
 */
export function nextStep(open: readonly ShardRange[], target: number): Step | null {
  const shards = [...open].sort((one, other) => (one.from < other.from ? -1 : 1));
  const count = BigInt(target);
  const slack = hashKeySpace / count / slackPart;
  const right = new Set<ShardRange>(shards.slice(0, 1));
  for (let border = 1n; border < count; border++) {
    const at = (border * hashKeySpace) / count;
    const there = nearest(shards, at);
    if (there && distance(there.from, at) <= slack) right.add(there);
    else {
      const wide = shards.find(({ from, to }) => from < at && at <= to);
      if (wide) return { what: 'split', shard: wide.id, at };
    }
  }
  for (const [index, high] of shards.entries()) {
    const low = shards[index - 1];
    if (low && !right.has(high)) return { what: 'merge', low: low.id, high: high.id };
  }
  return null;
}

function nearest(shards: readonly ShardRange[], at: bigint): ShardRange | undefined {
  return [...shards].sort((one, other) => (distance(one.from, at) < distance(other.from, at) ? -1 : 1))[0];
}

function distance(one: bigint, other: bigint): bigint {
  return one < other ? other - one : one - other;
}
