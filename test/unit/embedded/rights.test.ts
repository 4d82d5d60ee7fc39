import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Lambda, startLambda } from '../../../localstack/embedded/lambda.ts';
import { resolveTemplate } from '../../../localstack/embedded/template.ts';

const folder = mkdtempSync(join(tmpdir(), 'rights-'));
const service = createServer((request, response) => request.resume().on('end', () => response.end('{}')));
let lambda: Lambda;

/** Makes the call that its event names, by the SDK as a bundle has it. */
const bundle = `
  import { createRequire } from 'node:module';
  const require = createRequire(${JSON.stringify(join(import.meta.dirname, 'of-the-project.js'))});
  export async function handler({ of, client, command, input, endpoint }) {
    const sdk = require('@aws-sdk/client-' + of);
    const made = new sdk[client]({ forcePathStyle: true, maxAttempts: 1, ...(endpoint ? { endpoint } : {}) });
    await made.send(new sdk[command](input));
    return 'answered';
  }`;
const at = (table: string) => ({ 'Fn::GetAtt': [table, 'Arn'] });
const on = (table: string, Action: string[], keys: string[] | null = null) => ({
  Effect: 'Allow',
  Action,
  Resource: at(table),
  ...(keys ? { Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': keys } } } : {}),
});
const posting = 'arn:aws:execute-api:us-east-1:000000000000:api/live/POST/@connections/*';
const statements = [
  on('Counters', ['dynamodb:GetItem', 'dynamodb:Query']),
  on('Sites', ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:BatchWriteItem'], ['site|*', 'sites']),
  { Effect: 'Allow', Action: 's3:PutObject', Resource: { 'Fn::Join': ['', [at('Bucket'), '/failed/*']] } },
  { Effect: 'Allow', Action: 'execute-api:ManageConnections', Resource: posting },
];

beforeAll(async () => {
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  const { port } = service.address() as AddressInfo;
  mkdirSync(join(folder, 'code'), { recursive: true });
  writeFileSync(join(folder, 'code', 'index.mjs'), bundle);
  const [Runtime, Handler] = ['nodejs24.x', 'index.handler'];
  const Resources = {
    Counters: { Type: 'AWS::DynamoDB::Table' },
    Sites: { Type: 'AWS::DynamoDB::Table' },
    Bucket: { Type: 'AWS::S3::Bucket' },
    Role: { Type: 'AWS::IAM::Role' },
    Policy: {
      Type: 'AWS::IAM::Policy',
      Properties: { Roles: [{ Ref: 'Role' }], PolicyDocument: { Statement: statements } },
    },
    F: { Type: 'AWS::Lambda::Function', Properties: { Runtime, Handler, Code: { S3Key: 'k' }, Role: at('Role') } },
  };
  const resources = resolveTemplate({ Resources }, 'S', {});
  lambda = startLambda(
    { ofType: (type) => resources.filter((one) => one.type === type), assetFolder: () => join(folder, 'code') },
    { logFolder: join(folder, 'logs'), environment: { AWS_ENDPOINT_URL: `http://127.0.0.1:${port}` } },
  );
});
afterAll(async () => {
  await lambda.close();
  service.close();
  rmSync(folder, { recursive: true });
});

const key = (pk: string) => ({ pk: { S: pk }, sk: { S: 'a' } });
const dynamo = (command: string, input: object) => ({ of: 'dynamodb', client: 'DynamoDBClient', command, input });
const get = (TableName: string, pk: string) => dynamo('GetItemCommand', { TableName, Key: key(pk) });
const query = (TableName: string, pk: string) =>
  dynamo('QueryCommand', {
    TableName,
    KeyConditionExpression: '#p = :p AND begins_with(sk, :s)',
    ExpressionAttributeNames: { '#p': 'pk' },
    ExpressionAttributeValues: { ':s': { S: 'secret|' }, ':p': { S: pk } },
  });
const remove = (...pks: string[]) =>
  dynamo('BatchWriteItemCommand', { RequestItems: { Sites: pks.map((pk) => ({ DeleteRequest: { Key: key(pk) } })) } });
const put = (Key: string) => ({
  of: 's3',
  client: 'S3Client',
  command: 'PutObjectCommand',
  input: { Bucket: 'bucket', Key, Body: 'x' },
});
const socket = (command: string) => ({
  of: 'apigatewaymanagementapi',
  client: 'ApiGatewayManagementApiClient',
  command,
  input: { ConnectionId: 'abc=', ...(command === 'PostToConnectionCommand' ? { Data: 'x' } : {}) },
});

// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
describe('a function whose role the template names', () => {
  const asks = async (call: object) => JSON.parse(((await lambda.invoke('F', JSON.stringify(call))) as Answer).payload);
  type Answer = { payload: string };

  it.each([
    ['an item of a table that is all open to it', get('Counters', 'anything')],
    ['an item whose key is like one of those named', get('Sites', 'site|shop')],
    ['items of such a key', query('Sites', 'site|shop')],
    ['items to go, each of such a key', remove('site|a', 'sites')],
    ['an object below a prefix', put('failed/a/b c.json')],
    ['a message for a connection', socket('PostToConnectionCommand')],
  ])('may ask for %s', async (_what, call) => {
    expect(await asks(call)).toBe('answered');
  });

  it.each([
    ['an item of another key', get('Sites', 'secret|identity'), 'dynamodb:GetItem', 'Sites [secret|identity]'],
    ['items of another key', query('Sites', 'salt|shop'), 'dynamodb:Query', 'Sites [salt|shop]'],
    ['items of which one has another key', remove('site|a', 'salt|a'), 'dynamodb:BatchWriteItem', 'salt|a]'],
    ['another action', dynamo('ScanCommand', { TableName: 'Counters' }), 'dynamodb:Scan', 'table/Counters'],
    ['an object elsewhere', put('events/a'), 's3:PutObject', 'arn:aws:s3:::bucket/events/a'],
    [
      'the end of a connection',
      socket('DeleteConnectionCommand'),
      'execute-api:ManageConnections',
      'DELETE/@connections/',
    ],
  ])('is refused %s, by name', async (_what, call, action, resource) => {
    const { errorType, errorMessage } = await asks(call);
    expect(errorType).toBe('AccessDeniedException');
    expect(errorMessage).toContain(`the function's role in the template does not allow ${action} on `);
    expect(errorMessage).toContain(resource);
  });
});
