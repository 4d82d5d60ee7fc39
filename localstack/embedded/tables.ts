import { callService, ServiceError } from './aws-json.ts';
import type { Resource, Template } from './template.ts';

/** Makes the template's tables where they do not exist yet. */
export async function createTables(url: string, template: Template): Promise<void> {
  await Promise.all(template.ofType('AWS::DynamoDB::Table').map((table) => createTable(url, table)));
}

async function createTable(url: string, { name, properties }: Resource): Promise<void> {
  const indexes = properties.list('GlobalSecondaryIndexes');
  try {
    await callService(url, 'DynamoDB_20120810.CreateTable', {
      TableName: name,
      KeySchema: properties.list('KeySchema'),
      AttributeDefinitions: properties.list('AttributeDefinitions'),
      BillingMode: 'PAY_PER_REQUEST',
      ...(indexes.length > 0 ? { GlobalSecondaryIndexes: indexes } : {}),
    });
  } catch (error) {
    if (!(error instanceof ServiceError && error.code === 'ResourceInUseException')) throw error;
  }
  const keys = await untilActive(url, name);
  const timeToLive = properties.fields('TimeToLiveSpecification');
  if (timeToLive.truth('Enabled')) {
    await callService(url, 'DynamoDB_20120810.UpdateTimeToLive', {
      TableName: name,
      TimeToLiveSpecification: { AttributeName: timeToLive.text('AttributeName'), Enabled: true },
    });
  }
  if (keys !== keysText(properties.list('KeySchema'))) {
    throw new Error(`table ${name} was made with other keys than the template now names: start anew with --fresh`);
  }
}

async function untilActive(url: string, name: string): Promise<string> {
  for (;;) {
    const { Table } = await callService<{ Table: { TableStatus: string; KeySchema: unknown[] } }>(
      url,
      'DynamoDB_20120810.DescribeTable',
      { TableName: name },
    );
    if (Table.TableStatus === 'ACTIVE') return keysText(Table.KeySchema);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

function keysText(schema: unknown[]): string {
  return schema
    .map((key) => key as { AttributeName: string; KeyType: string })
    .map(({ AttributeName, KeyType }) => `${KeyType} ${AttributeName}`)
    .sort()
    .join(', ');
}
