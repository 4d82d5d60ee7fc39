/**
 * How an item of counters stands in DynamoDB: counters as numbers under their own names, texts as strings under `=name`, guards
 * as binaries under `g_lane`, `ttl` in seconds. A counter's name may begin with `g_` too (page ids are hashes), so the type tells
 * them apart; their names never meet, because a lane has no upper case and a window's name has.
 */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Totals } from '../contract/counter.ts';
import type { Lane, Position } from '../contract/position.ts';

export type Attributes = Record<string, AttributeValue>;

export const textAttribute = (name: string) => `=${name}`;
export const guardAttribute = (lane: Lane) => `g_${lane}`;

/** Fixed width, so that binaries compare as positions do. Inverse: `positionOfBytes`. */
export function bytesOfPosition(position: Position): Uint8Array {
  return Buffer.from(position, 'hex');
}
export function positionOfBytes(bytes: Uint8Array): Position {
  return Buffer.from(bytes).toString('hex') as Position;
}

/** Inverse: `totalsOf`. */
export function attributesOf({ key, counters, texts }: Totals): Attributes {
  const attributes: Attributes = { pk: { S: key.pk }, sk: { S: key.sk } };
  for (const [name, value] of Object.entries(counters)) attributes[name] = { N: String(value) };
  for (const [name, text] of Object.entries(texts)) attributes[textAttribute(name)] = { S: text };
  return attributes;
}
/** Counters and texts of an item, or of the part of one that an update returned: the key is the caller's. */
export function totalsOf(key: Totals['key'], attributes: Attributes): Totals {
  const totals: Totals = { key: { ...key }, counters: {}, texts: {} };
  for (const [name, value] of Object.entries(attributes)) {
    if (value.N !== undefined && name !== 'ttl') totals.counters[name] = Number(value.N);
    else if (value.S !== undefined && name.startsWith('=')) totals.texts[name.slice(1)] = value.S;
  }
  return totals;
}

export function keyOf(attributes: Attributes): Totals['key'] {
  return { pk: attributes.pk?.S ?? '', sk: attributes.sk?.S ?? '' };
}

export function guardsOf(attributes: Attributes): Record<Lane, Position> {
  const guards: Record<Lane, Position> = {};
  for (const [name, value] of Object.entries(attributes)) {
    if (value.B !== undefined && name.startsWith('g_')) guards[name.slice(2) as Lane] = positionOfBytes(value.B);
  }
  return guards;
}
