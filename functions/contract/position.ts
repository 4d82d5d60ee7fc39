/**
 * Where a record stands on the stream. Sequence numbers have up to 56 digits and are unique only within a shard; they are
 * kept as fixed-width big-endian bytes (written as hex here), because a DynamoDB number holds 38 digits and binary
 * attributes compare bytewise. Hex strings of one width compare the same way, so code compares strings.
 */
export type Position = string & { readonly position: unique symbol };

/** 56 decimal digits need 187 bits; 24 bytes leave room, and two hex digits make a byte. */
export const positionBytes = 24;

/** @throws RangeError when `sequenceNumber` is not a decimal number of at most 24 bytes. */
export function positionOf(sequenceNumber: string): Position {
  if (!/^\d{1,57}$/.test(sequenceNumber)) {
    throw new RangeError(`sequence number "${sequenceNumber}" is not a decimal number of 1 to 57 digits`);
  }
  return BigInt(sequenceNumber)
    .toString(16)
    .padStart(positionBytes * 2, '0') as Position;
}

/** The sequence number that `positionOf` was given (leading zeros dropped). */
export function sequenceNumberOf(position: Position): string {
  return BigInt(`0x${position}`).toString(10);
}

/**
 * The lane in which positions of one shard are comparable, as it is named in an item's guard attribute: the stream's
 * generation (raised by configuration when a stream is made anew) and the shard's ordinal, both in base 36.
 */
export type Lane = string & { readonly lane: unique symbol };

/** @throws RangeError when the shard id does not end in its number, as `shardId-000000000012` does. */
export function laneOf(generation: number, shardId: string): Lane {
  const ordinal = /^shardId-(\d+)$/.exec(shardId)?.[1];
  if (ordinal === undefined) throw new RangeError(`shard id "${shardId}" is not of the form shardId-000000000000`);
  return `${generation.toString(36)}_${Number(ordinal).toString(36)}` as Lane;
}

/** Negative where `one` is of an older stream than `other`, or of a shard that was opened earlier. */
export function compareLanes(one: Lane, other: Lane): number {
  const [generation, ordinal] = numbersOf(one);
  const [otherGeneration, otherOrdinal] = numbersOf(other);
  return generation - otherGeneration || ordinal - otherOrdinal;
}

/** The generation and the shard's ordinal that a lane was made of. */
export function numbersOf(lane: Lane): [generation: number, ordinal: number] {
  const [generation = '', ordinal = ''] = lane.split('_');
  return [Number.parseInt(generation, 36), Number.parseInt(ordinal, 36)];
}
