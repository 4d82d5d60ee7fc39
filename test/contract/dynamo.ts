import { CreateTableCommand, DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, vi } from 'vitest';
import { startDynamo } from '../../localstack/embedded/dynamodb.ts';

/** A DynamoDB of the test file's own: started before its tests, with one table keyed by `pk`, and one by `pk` and `sk`. */
export interface TestDynamo {
  client: DynamoDBClient;
  byPk: string;
  byPkAndSk: string;
}

/** Registers start and end with the file; what it returns may be used inside tests only. */
export function testDynamo(): () => TestDynamo {
  let started: TestDynamo | undefined;
  let close: (() => Promise<void>) | undefined;
  beforeAll(async () => {
    const dynamo = await startDynamo();
    close = dynamo.close;
    const client = new DynamoDBClient({
      endpoint: dynamo.url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
    started = { client, byPk: 'by-pk', byPkAndSk: 'by-pk-and-sk' };
    await createTable(client, started.byPk, ['pk']);
    await createTable(client, started.byPkAndSk, ['pk', 'sk']);
  });
  afterAll(async () => {
    started?.client.destroy();
    await close?.();
  });
  return () => {
    if (!started) throw new Error('DynamoDB is there inside tests only');
    return started;
  };
}

async function createTable(client: DynamoDBClient, TableName: string, names: string[]): Promise<void> {
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: names.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: names.map((AttributeName, index) => ({ AttributeName, KeyType: index === 0 ? 'HASH' : 'RANGE' })),
    }),
  );
  await vi.waitUntil(async () => {
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    return Table?.TableStatus === 'ACTIVE';
  });
}
