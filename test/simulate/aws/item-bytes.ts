import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Item } from './expression.ts';

/**
 * What an item counts as: names and values, by DynamoDB's own rules
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html).
 */
export function itemBytes(item: Item): number {
  let bytes = 0;
  for (const [name, value] of Object.entries(item)) bytes += Buffer.byteLength(name) + valueBytes(value);
  return bytes;
}

function valueBytes({ S, N, B, L }: AttributeValue): number {
  if (S !== undefined) return Buffer.byteLength(S);
  // Two digits a byte and one more, leading and trailing zeros not counted.
  if (N !== undefined) return Math.ceil(N.replace(/^[-0.]+|0+$/g, '').length / 2) + 1;
  if (B !== undefined) return B.byteLength;
  return 3 + (L ?? []).reduce((sum, one) => sum + 1 + valueBytes(one), 0);
}
