import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { describe, expect, it } from 'vitest';
import { inviteOwner } from '../../../deploy/first-owner.cognito.ts';
import { deleteUserPool, userPoolStands } from '../../../deploy/user-pool.cognito.ts';

type Answers = Record<string, { status: number; body: object }>;

/** A Cognito that answers as documented, and what it was asked. */
async function cognitoThat(answers: Answers) {
  const asked: [operation: string, input: Record<string, unknown>][] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
    asked.push([operation, JSON.parse(body)]);
    const answer = answers[operation] ?? { status: 200, body: {} };
    response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.1', connection: 'close' });
    response.end(JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = new CognitoIdentityProviderClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    requestHandler: new NodeHttpHandler(),
    maxAttempts: 1,
  });
  return { client, asked, close: () => server.close() };
}
const ann = { userPoolId: 'eu-west-1_abc', email: 'ann@shop.example', group: 'owners' };
const attributes = [
  { Name: 'sub', Value: 'the-sub' },
  { Name: 'email', Value: ann.email },
];

// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminCreateUser.html
describe('the first owner', () => {
  it('is made a user, told by mail, and put among those who may make sites', async () => {
    const cognito = await cognitoThat({ AdminCreateUser: { status: 200, body: { User: { Attributes: attributes } } } });
    expect(await inviteOwner(cognito.client, ann)).toBe('the-sub');
    expect(cognito.asked).toEqual([
      ['AdminCreateUser', expect.objectContaining({ Username: ann.email, DesiredDeliveryMediums: ['EMAIL'] })],
      ['AdminAddUserToGroup', { UserPoolId: ann.userPoolId, Username: ann.email, GroupName: 'owners' }],
    ]);
    cognito.close();
  });

  it('may be a user already', async () => {
    const cognito = await cognitoThat({
      AdminCreateUser: {
        status: 400,
        body: { __type: 'UsernameExistsException', message: 'User account already exists' },
      },
      AdminGetUser: { status: 200, body: { Username: 'the-sub', UserAttributes: attributes } },
    });
    expect(await inviteOwner(cognito.client, { ...ann, group: null })).toBe('the-sub');
    expect(cognito.asked.map(([operation]) => operation)).toEqual(['AdminCreateUser', 'AdminGetUser']);
    cognito.close();
  });

  it('has an address that Cognito takes', async () => {
    const cognito = await cognitoThat({
      AdminCreateUser: {
        status: 400,
        body: { __type: 'InvalidParameterException', message: 'Invalid email address format.' },
      },
    });
    await expect(inviteOwner(cognito.client, ann)).rejects.toThrow(
      '--owner is "ann@shop.example", which Cognito refuses: Invalid email address format.',
    );
    cognito.close();
  });
});

// https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-deletion-protection.html
describe('the user pool', () => {
  const gone = { status: 400, body: { __type: 'ResourceNotFoundException', message: 'User pool does not exist.' } };

  it('loses its protection, and goes', async () => {
    const cognito = await cognitoThat({});
    await deleteUserPool(cognito.client, ann.userPoolId);
    expect(cognito.asked).toEqual([
      ['UpdateUserPool', { UserPoolId: ann.userPoolId, DeletionProtection: 'INACTIVE' }],
      ['DeleteUserPool', { UserPoolId: ann.userPoolId }],
    ]);
    expect(await userPoolStands(cognito.client, ann.userPoolId)).toBe(true);
    cognito.close();
  });

  it('may be gone already', async () => {
    const cognito = await cognitoThat({ UpdateUserPool: gone, DescribeUserPool: gone });
    await deleteUserPool(cognito.client, ann.userPoolId);
    expect(await userPoolStands(cognito.client, ann.userPoolId)).toBe(false);
    cognito.close();
  });
});
