import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { vi } from 'vitest';
import { dynamoEpochStore } from '../../functions/sites/epoch-store.dynamo.ts';
import { memoryEpochStore } from '../../functions/sites/epoch-store.memory.ts';
import { testDynamo } from './dynamo.ts';
import { describeEpochStore } from './epoch-store.ts';

const dynamo = testDynamo();
let tables = 0;

describeEpochStore('memory', async () => memoryEpochStore());
describeEpochStore('DynamoDB', async () => {
  const { client } = dynamo();
  const table = `epochs-${++tables}`;
  await client.send(
    new CreateTableCommand({
      TableName: table,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    }),
  );
  const store = dynamoEpochStore({ client, table });
  await vi.waitUntil(
    () =>
      store.pointer().then(
        () => true,
        () => false,
      ),
    { timeout: 10_000 },
  );
  return store;
});
