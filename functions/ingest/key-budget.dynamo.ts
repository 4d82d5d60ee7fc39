import { ConditionalCheckFailedException, type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { budgetMs, type KeyBudget, spend } from './key-budget.ts';

/** Far longer than any budget takes to be full again: then an item says nothing that its absence does not. */
const keptS = 60;
/** Each further one means that others took or left of it in between. */
const attemptsMax = 4;

/** Taking of a budget that is full, and of one that is not: an update can't tell the later of two instants. */
const fromFull = { update: '#u = :until', condition: 'attribute_not_exists(#u) OR #u < :now' };
const fromSpent = { update: '#u = #u + :cost', condition: '#u BETWEEN :now AND :latest' };

/** Budgets as items `rate|<write key>` of the table of connections: up to which instant a key has spent. Gone soon after its last request. */
export function dynamoKeyBudget({ client, table }: { client: DynamoDBClient; table: string }): KeyBudget {
  /** @returns null: done. Else up to when it is spent. */
  async function attempt(key: string, { update, condition }: typeof fromFull, values: Record<string, number>) {
    const named = Object.entries({ ...values, ttl: Math.ceil((values.now ?? 0) / 1_000) + keptS });
    const used = named.filter(([name]) => `${update} ${condition} :ttl`.includes(`:${name}`));
    try {
      await client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: { pk: { S: `rate|${key}` }, sk: { S: 'budget' } },
          UpdateExpression: `SET ${update}, #t = :ttl`,
          ConditionExpression: condition,
          ExpressionAttributeNames: { '#u': 'u', '#t': 'ttl' },
          ExpressionAttributeValues: Object.fromEntries(used.map(([name, n]) => [`:${name}`, { N: String(n) }])),
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      return null;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return Number(error.Item?.u?.N ?? 0);
      throw error;
    }
  }
  return {
    async take(key, requests, perSecond, now) {
      const cost = (requests * 1_000) / perSecond;
      const values = { now, cost, until: now + cost, latest: now + budgetMs - cost };
      let spentUntil = 0;
      for (let tried = 0; tried < attemptsMax; tried++) {
        const { waitMs } = spend(spentUntil, requests, perSecond, now);
        if (waitMs > 0) return waitMs;
        const found = await attempt(key, spentUntil < now ? fromFull : fromSpent, values);
        if (found === null) return null;
        spentUntil = found;
      }
      return budgetMs;
    },
  };
}
