import { type AttributeValue, type DynamoDBClient, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { dayMs } from '../contract/time-unit.ts';
import { mostFirst, type RefusalStore } from './refusal-store.ts';

/** Long enough to look into last week. */
export const refusalsKeptDays = 14;
const countOf = (code: string) => `n_${code}`;
const sampleOf = (code: string) => `s_${code}`;

/** Refusals in the sites table: `refused|<site>`, one item a UTC date, which holds a number and a text for each code. */
export function dynamoRefusalStore({ client, table }: { client: DynamoDBClient; table: string }): RefusalStore {
  const keyOf = (site: string, date: string) => ({ pk: { S: `refused|${site}` }, sk: { S: date } });
  return {
    async add(site, date, refusals) {
      if (refusals.length === 0) return;
      const names: Record<string, string> = { '#t': 'ttl' };
      const expiresAt = Math.ceil((Date.parse(`${date}T00:00:00Z`) + refusalsKeptDays * dayMs) / 1000);
      const values: Record<string, AttributeValue> = { ':t': { N: String(expiresAt) } };
      const sets = ['#t = :t'];
      const adds: string[] = [];
      for (const [index, { code, batches, sample }] of refusals.entries()) {
        names[`#n${index}`] = countOf(code);
        names[`#s${index}`] = sampleOf(code);
        values[`:n${index}`] = { N: String(batches) };
        values[`:s${index}`] = { S: sample };
        adds.push(`#n${index} :n${index}`);
        sets.push(`#s${index} = :s${index}`);
      }
      await client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: keyOf(site, date),
          UpdateExpression: `SET ${sets.join(', ')} ADD ${adds.join(', ')}`,
          ExpressionAttributeNames: names,
          ExpressionAttributeValues: values,
        }),
      );
    },

    async read(site, date) {
      const { Item = {} } = await client.send(new GetItemCommand({ TableName: table, Key: keyOf(site, date) }));
      return Object.entries(Item)
        .flatMap(([name, value]) => {
          const code = /^n_(.+)$/.exec(name)?.[1];
          return code === undefined ? [] : [{ code, batches: Number(value.N), sample: Item[sampleOf(code)]?.S ?? '' }];
        })
        .sort(mostFirst);
    },
  };
}
