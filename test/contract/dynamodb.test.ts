import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateTableCommand,
  DeleteItemCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type DynamoOptions, startDynamo } from '../../localstack/embedded/dynamodb.ts';

const TableName = 'items';
let path: string;
let closing: (() => Promise<void>)[] = [];

beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'sitepulse-dynamodb-'));
});
afterEach(async () => {
  for (const close of closing) await close();
  closing = [];
  await rm(path, { recursive: true, force: true });
});

async function start(options: DynamoOptions) {
  const dynamo = await startDynamo(options);
  const client = new DynamoDBClient({
    endpoint: dynamo.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const close = async () => {
    client.destroy();
    await dynamo.close();
  };
  closing.push(close);
  return { client, close, url: dynamo.url };
}

async function createTable(client: DynamoDBClient): Promise<void> {
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    }),
  );
  await vi.waitUntil(async () => {
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    return Table?.TableStatus === 'ACTIVE';
  });
}

const keyOf = (sk: string) => ({ pk: { S: 'p' }, sk: { S: sk } });
const put = (client: DynamoDBClient, sk: string, ttl?: number) =>
  client.send(
    new PutItemCommand({ TableName, Item: { ...keyOf(sk), ...(ttl !== undefined && { ttl: { N: `${ttl}` } }) } }),
  );
const sortKeys = async (client: DynamoDBClient) => {
  const { Items = [] } = await client.send(
    new QueryCommand({ TableName, KeyConditionExpression: 'pk = :p', ExpressionAttributeValues: { ':p': { S: 'p' } } }),
  );
  return Items.map((item) => item.sk?.S);
};

describe("the embedded cloud's DynamoDB", () => {
  it('keeps tables, items and times to live over a restart', async () => {
    const first = await start({ path });
    await createTable(first.client);
    await first.client.send(
      new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true } }),
    );
    await Promise.all(Array.from({ length: 50 }, (_, index) => put(first.client, `k${index}`)));
    await first.close();

    const second = await start({ path });
    expect(await sortKeys(second.client)).toHaveLength(50);
    const { TimeToLiveDescription } = await second.client.send(new DescribeTimeToLiveCommand({ TableName }));
    expect(TimeToLiveDescription).toEqual({ AttributeName: 'ttl', TimeToLiveStatus: 'ENABLED' });
  });

  it('sweeps away what has expired, and nothing else', async () => {
    const { client } = await start({ sweepMs: 20 });
    await createTable(client);
    const inAnHour = Math.floor(Date.now() / 1000) + 3600;
    await put(client, 'expired', 1);
    await put(client, 'later', inAnHour);
    await put(client, 'kept');
    await client.send(
      new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true } }),
    );
    await vi.waitUntil(async () => !(await sortKeys(client)).includes('expired'), { timeout: 10_000 });
    expect(await sortKeys(client)).toEqual(['kept', 'later']);
    expect((await client.send(new GetItemCommand({ TableName, Key: keyOf('expired') }))).Item).toBeUndefined();
  });

  it('names a table that is not there when asked for its time to live', async () => {
    const { client } = await start({});
    const asking = client.send(new DescribeTimeToLiveCommand({ TableName: 'none' }));
    await expect(asking).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('adds each of many updates side by side once, and a read after one sees it', async () => {
    const { client } = await start({ path });
    await createTable(client);
    const add = async (index: number) => {
      const update = new UpdateItemCommand({
        TableName,
        Key: keyOf(`k${index % 7}`),
        UpdateExpression: 'ADD n :one',
        ExpressionAttributeValues: { ':one': { N: '1' } },
        ReturnValues: 'UPDATED_NEW',
      });
      const { Attributes } = await client.send(update);
      const { Item } = await client.send(
        new GetItemCommand({ TableName, Key: keyOf(`k${index % 7}`), ConsistentRead: true }),
      );
      expect(Number(Item?.n?.N)).toBeGreaterThanOrEqual(Number(Attributes?.n?.N));
    };
    await Promise.all(Array.from({ length: 350 }, (_, index) => add(index)));
    for (let index = 0; index < 7; index++) {
      const { Item } = await client.send(new GetItemCommand({ TableName, Key: keyOf(`k${index}`) }));
      expect(Item?.n).toEqual({ N: '50' });
    }
    await client.send(new DeleteItemCommand({ TableName, Key: keyOf('k0') }));
    expect((await client.send(new GetItemCommand({ TableName, Key: keyOf('k0') }))).Item).toBeUndefined();
    await add(0);
    const { Item } = await client.send(new GetItemCommand({ TableName, Key: keyOf('k0') }));
    expect(Item?.n).toEqual({ N: '1' });
  });

  it('says when it cannot start because its port is in use', async () => {
    const { url } = await start({});
    const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    await expect(startDynamo({ port: Number(new URL(url).port) })).rejects.toThrow('before it was ready');
    error.mockRestore();
  });

  it('ends when its parent is killed', async () => {
    const entry = join(import.meta.dirname, '../../localstack/embedded/dynamodb-process.mjs');
    const script = `
      const child = require('node:child_process').fork(${JSON.stringify(entry)}, ['{}'], { stdio: 'ignore' });
      child.on('message', ({ port }) => console.log(port));
    `;
    const parent: ChildProcess = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = await once(parent.stdout ?? parent, 'data');
    const url = `http://127.0.0.1:${String(line).trim()}`;
    expect((await fetch(url)).status).toBe(200);
    parent.kill('SIGKILL');
    const answers = () => fetch(url).then(Boolean, () => false);
    await vi.waitUntil(async () => !(await answers()), { timeout: 10_000 });
  });
});
