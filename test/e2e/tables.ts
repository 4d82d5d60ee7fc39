import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { callService } from '../../localstack/embedded/aws-json.ts';

export type Item = Record<string, AttributeValue>;

/** Every item of one of the product's tables, read at its AWS endpoint. `name`: `Counters`, `Admissions` … */
export async function readTable(awsEndpoint: string, name: string): Promise<Item[]> {
  const call = <Answer>(operation: string, input: object) =>
    callService<Answer>(awsEndpoint, `DynamoDB_20120810.${operation}`, input);
  const { TableNames } = await call<{ TableNames: string[] }>('ListTables', {});
  const table = TableNames.find((one) => one.endsWith(name));
  if (!table) throw new Error(`there is no table ${name} among ${TableNames}`);
  const items: Item[] = [];
  let from: Item | undefined;
  do {
    const page = await call<{ Items: Item[]; LastEvaluatedKey?: Item }>('Scan', {
      TableName: table,
      ConsistentRead: true,
      ...(from && { ExclusiveStartKey: from }),
    });
    items.push(...page.Items);
    from = page.LastEvaluatedKey;
  } while (from);
  return items;
}

/**
 * What DynamoDB bills an item by: names and values, numbers at their largest (a digit pair is a byte, and one more).
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
export function itemBytes(item: Item): number {
  let bytes = 0;
  for (const [name, value] of Object.entries(item)) {
    bytes += Buffer.byteLength(name);
    if (value.S !== undefined) bytes += Buffer.byteLength(value.S);
    else if (value.N !== undefined) bytes += Math.ceil(value.N.length / 2) + 1;
    // Over the wire a binary comes as base64.
    else if (value.B !== undefined) bytes += Buffer.from(String(value.B), 'base64').length;
    else throw new Error(`${name} is of a type that no item of ours has`);
  }
  return bytes;
}
