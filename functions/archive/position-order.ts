/** Positions as the stream writes them: decimal, without leading zeros. Negative, 0 or positive, as `sort` wants it. */
export function comparePositions(one: string, other: string): number {
  if (one.length !== other.length) return one.length - other.length;
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Parents before their children: Kinesis numbers shards in the order in which it makes them. */
export function compareShards(one: string, other: string): number {
  return shardOrdinal(one) - shardOrdinal(other);
}

/** The number at a shard's end. */
export function shardOrdinal(shardId: string): number {
  return Number(/\d+$/.exec(shardId)?.[0] ?? 0);
}
