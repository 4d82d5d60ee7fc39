import { type AttributeValue, type DynamoDBClient, QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { dayMs } from '../contract/time-unit.ts';
import { type Usage, usageNames } from '../contract/usage.ts';
import type { UsageStore } from './usage-store.ts';

/** So long that a month can be compared with the one a year before. */
const keptDays = 400;

/** Usage in the sites table: `used|<site>`, one item a UTC date, a number for each name. */
export function dynamoUsageStore({ client, table }: { client: DynamoDBClient; table: string }): UsageStore {
  return {
    async add(site, date, usage) {
      const used = usageNames.filter((name) => usage[name]);
      if (used.length === 0) return;
      const expiresAt = Math.ceil((Date.parse(`${date}T00:00:00Z`) + keptDays * dayMs) / 1000);
      const values: Record<string, AttributeValue> = { ':t': { N: String(expiresAt) } };
      for (const name of used) values[`:${name}`] = { N: String(rounded(usage[name] ?? 0)) };
      await client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: { pk: { S: `used|${site}` }, sk: { S: date } },
          UpdateExpression: `SET #t = :t ADD ${used.map((name) => `#${name} :${name}`).join(', ')}`,
          ExpressionAttributeNames: { '#t': 'ttl', ...Object.fromEntries(used.map((name) => [`#${name}`, name])) },
          ExpressionAttributeValues: values,
        }),
      );
    },

    async read(site, first, last) {
      // A month of items of some hundred bytes: one page.
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
          ExpressionAttributeValues: { ':pk': { S: `used|${site}` }, ':first': { S: first }, ':last': { S: last } },
        }),
      );
      return Items.map((item) => ({ date: item.sk?.S ?? '', usage: usageOf(item) }));
    },
  };
}

function usageOf(item: Record<string, AttributeValue>): Usage {
  const known = usageNames.flatMap((name) => (item[name]?.N === undefined ? [] : [[name, Number(item[name].N)]]));
  return Object.fromEntries(known) as Usage;
}

/** Shares of a batch are no whole numbers: three decimals are more than their worth. */
function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
