import {
  type DynamoDBClient,
  PutItemCommand,
  paginateQuery,
  QueryCommand,
  type QueryCommandOutput,
} from '@aws-sdk/client-dynamodb';
import { dayMs } from '../contract/time-unit.ts';
import { erasureKeptDays, type VisitorErasure, type VisitorErasureStore } from './visitor-erasure-store.ts';

/** Requests in the sites table: `visitor-erasures|<site>`, one item each, whose text is written whole. */
export function dynamoVisitorErasureStore({
  client,
  table,
}: {
  client: DynamoDBClient;
  table: string;
}): VisitorErasureStore {
  const newest = (site: string) => ({
    TableName: table,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': { S: `visitor-erasures|${site}` } },
    ScanIndexForward: false,
    ConsistentRead: true,
  });
  return {
    async put(erasure) {
      const expiresAt = Math.ceil((erasure.requestedAt + erasureKeptDays * dayMs) / 1000);
      await client.send(
        new PutItemCommand({
          TableName: table,
          Item: {
            pk: { S: `visitor-erasures|${erasure.site}` },
            sk: { S: erasure.id },
            erasure: { S: JSON.stringify(erasure) },
            ttl: { N: String(expiresAt) },
          },
        }),
      );
    },

    async list(site, limit) {
      return erasuresOf(await client.send(new QueryCommand({ ...newest(site), Limit: limit })));
    },

    async waiting(site) {
      const found: VisitorErasure[] = [];
      for await (const page of paginateQuery({ client }, newest(site))) found.push(...erasuresOf(page));
      return found.filter(({ state }) => state === 'waiting');
    },
  };
}

function erasuresOf({ Items = [] }: QueryCommandOutput): VisitorErasure[] {
  return Items.map(({ erasure }) => JSON.parse(erasure?.S ?? '{}') as VisitorErasure);
}
