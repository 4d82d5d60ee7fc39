import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { unreservedConcurrency } from '../../../deploy/concurrency.lambda-client.ts';
import { processorReservation } from '../../../deploy/concurrency.ts';

const standing = (ConcurrencyReserved: string) => ({ status: 'UPDATE_COMPLETE', outputs: { ConcurrencyReserved } });

/** What is reserved with these settings, of an account that has this many unreserved. */
async function reserved(settings: Record<string, unknown>, unreserved: number, before = standing('0')) {
  const reservation = await processorReservation(
    (name) => settings[name],
    before,
    async () => unreserved,
  );
  return reservation?.settings;
}

// https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
describe('what a deployment reserves for the processor', () => {
  it('is two a shard, where 100 stay unreserved', async () => {
    expect(await reserved({ shards: 1 }, 102)).toEqual(['processConcurrencyReserved=2']);
    expect(await reserved({ shards: 1 }, 101)).toEqual([]);
    expect(await reserved({ shards: '4' }, 1000)).toEqual(['processConcurrencyReserved=8']);
  });

  it('is the same at the next deployment, and all that is capped beside it counts', async () => {
    expect(await reserved({ shards: 1 }, 100, standing('2'))).toEqual(['processConcurrencyReserved=2']);
    const capped = { shards: 1, ingestConcurrencyMax: '50', captureConcurrencyMax: 3 };
    expect(await reserved(capped, 154)).toEqual([]);
    expect(await reserved(capped, 155)).toEqual(['processConcurrencyReserved=2']);
    expect(await reserved(capped, 100, standing('55'))).toEqual(['processConcurrencyReserved=2']);
  });

  it('is what was chosen, and then the account is not asked', async () => {
    for (const processConcurrencyReserved of [0, '0', 7]) {
      const chosen = (name: string) => ({ processConcurrencyReserved })[name];
      expect(await processorReservation(chosen, null, () => Promise.reject(new Error('asked')))).toBeNull();
    }
  });

  it('is nothing where Kinesis chooses the shards, as it would be a ceiling', async () => {
    expect(await reserved({ shards: 1, onDemandStream: 'true' }, 1000)).toEqual([]);
    expect(await reserved({ shards: 1, onDemandStream: true }, 1000)).toEqual([]);
  });

  it('is told in a sentence, with the reason and what to do where it is nothing', async () => {
    const told = async (unreserved: number) =>
      (
        await processorReservation(
          (name) => ({ shards: 1 })[name],
          null,
          async () => unreserved,
        )
      )?.told;
    expect(await told(1000)).toBe("Reserved for the processor: 2 of the account's concurrent executions.");
    expect(await told(10)).toBe(
      'Nothing is reserved for the processor, as 2 of the account\'s 10 free concurrent executions would leave fewer than the 100 that AWS demands: ask for more of Lambda\'s "Concurrent executions" in Service Quotas, and run this again. Until then the alarm ProcessThrottled rings when other functions starve it.',
    );
  });
});

/** A Lambda that answers its one call as documented. */
async function answered(status: number, body: object, headers: Record<string, string> = {}): Promise<number> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.writeHead(status, { 'content-type': 'application/json', connection: 'close', ...headers });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = new LambdaClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  try {
    return await unreservedConcurrency(client);
  } finally {
    server.close();
    expect(asked).toEqual(['GET /2016-08-19/account-settings']);
  }
}

// https://docs.aws.amazon.com/lambda/latest/api/API_GetAccountSettings.html
describe('what the account has unreserved', () => {
  it('is what Lambda says', async () => {
    const AccountLimit = { ConcurrentExecutions: 1000, UnreservedConcurrentExecutions: 940 };
    expect(await answered(200, { AccountLimit, AccountUsage: { FunctionCount: 3 } })).toBe(940);
  });

  it('may be refused, which is told with what to allow or choose', async () => {
    const refused = answered(403, { message: 'no' }, { 'x-amzn-errortype': 'AccessDeniedException' });
    await expect(refused).rejects.toThrow(
      'AWS refuses lambda:GetAccountSettings: allow it, or choose by -c processConcurrencyReserved=0.',
    );
    await expect(answered(500, {}, { 'x-amzn-errortype': 'ServiceException' })).rejects.toThrow();
  });
});
