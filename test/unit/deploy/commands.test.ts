import { execFile } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { STSClient } from '@aws-sdk/client-sts';
import { afterEach, describe, expect, it } from 'vitest';
import { account } from '../../../deploy/account.sts.ts';

const root = join(import.meta.dirname, '../../..');
// Nothing of the machine that runs the tests: no profile, no role, no keys.
const home = mkdtempSync(join(tmpdir(), 'sitepulse-home-'));
const nothing = {
  PATH: process.env.PATH ?? '',
  HOME: home,
  AWS_CONFIG_FILE: join(home, 'none'),
  AWS_SHARED_CREDENTIALS_FILE: join(home, 'none'),
  AWS_EC2_METADATA_DISABLED: 'true',
};

/** Runs a command as npm does; resolves with its exit code and all that it wrote. */
function runs(args: string[], env: Record<string, string>): Promise<{ code: number; text: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: root, env: { ...nothing, ...env } }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, text: stdout + stderr });
    });
  });
}
const deploys = (args: string[], env: Record<string, string> = {}) =>
  runs(['--import', 'tsx', 'deploy/deploy.ts', ...args], env);

describe('npm run deploy, before it does anything', { timeout: 60_000 }, () => {
  it.each([
    ['a bad origin', ['--origin', 'shop.example'], {}, '--origin is "shop.example": write scheme and host'],
    ['no region', [], {}, 'No region is set: say where to deploy by AWS_REGION'],
    ['no credentials', [], { AWS_REGION: 'eu-west-1' }, 'There are no AWS credentials here. Sign in (`aws sso login`'],
    [
      'an emulator’s address',
      [],
      { AWS_ENDPOINT_URL: 'http://localhost:4566' },
      'AWS_ENDPOINT_URL is http://localhost:4566, and this deploys to AWS: unset it, or use `npm run localstack`.',
    ],
  ])('refuses %s by a sentence, not a stack', async (_what, args, env, message) => {
    const { code, text } = await deploys(args, env);
    expect(text).toContain(message);
    expect(text).not.toMatch(/^\s+at /m);
    expect(code).toBe(1);
  });

  it.each([
    [{ shard: 2 }, '"shard" is no setting of SitePulse: did you mean "shards"?'],
    [{ shards: 0 }, '"shards" is 0: write a whole number from 1 to 500'],
    [{ domainName: 'pulse.shop.example' }, '"domainName" and "certificateArn" go together: give both, or none of them'],
  ])('refuses the setting %j', async (context, message) => {
    const { code, text } = await runs(['--import', 'tsx', 'cdk/app.ts'], { CDK_CONTEXT_JSON: JSON.stringify(context) });
    expect(text.trim()).toBe(`in cdk.json (or by -c) the context ${message}${text.trim().split(message)[1]}`);
    expect(code).toBe(1);
  });

  it('refuses an old Node', async () => {
    const old = "Object.defineProperty(process.versions, 'node', { value: '18.20.4' });";
    const { code, text } = await runs(['-e', `${old} import('./localstack/install-missing.mjs')`], {});
    expect(text).toContain('SitePulse needs Node 20.19 or newer; this is 18.20.4.');
    expect(code).toBe(1);
  });
});

describe('whose account it is', () => {
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  /** An STS that answers as documented, with an error of this code. */
  async function refusing(code: string, message: string): Promise<STSClient> {
    const body = `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>1</RequestId></ErrorResponse>`;
    const server = createServer((_request, response) => {
      response.writeHead(403, { 'content-type': 'text/xml', connection: 'close' }).end(body);
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return clientAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  }
  const clientAt = (endpoint: string) =>
    new STSClient({
      endpoint,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'AKIA', secretAccessKey: 'x' },
      maxAttempts: 1,
    });

  it.each([
    [
      'ExpiredToken',
      'The security token included in the request is expired',
      'The AWS credentials have expired. Sign in',
    ],
    [
      'InvalidClientTokenId',
      'The security token is invalid',
      'AWS refuses the credentials (The security token is invalid). Sign in',
    ],
  ])('is not told to %s', async (code, message, expected) => {
    await expect(account(await refusing(code, message))).rejects.toThrow(expected);
  });

  it('can’t be told without a network', async () => {
    await expect(account(clientAt('http://127.0.0.1:1'))).rejects.toThrow(
      'AWS does not answer (ECONNREFUSED): check the network.',
    );
  });
});
