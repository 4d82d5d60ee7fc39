import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { apiAddresses, findEmulator } from '../../../localstack/deploy/emulator.ts';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
});

/** Something that answers these paths with these bodies, and 404 to all others. */
async function answering(bodies: Record<string, string>): Promise<string> {
  const server = createServer((request, response) => {
    const body = bodies[request.url ?? ''];
    response.writeHead(body === undefined ? 404 : 200, { connection: 'close' }).end(body ?? '<html>not found</html>');
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
const health = '{"services":{"kinesis":"available"}}';

describe('what is taken for an emulator', () => {
  it('is MiniStack, or LocalStack, by its own health page', async () => {
    const mini = await answering({ '/_ministack/health': health, '/_localstack/health': health });
    expect(await findEmulator(`${mini}/`)).toEqual({ endpoint: mini, name: 'MiniStack' });
    const local = await answering({ '/_localstack/health': health });
    expect(await findEmulator(local)).toEqual({ endpoint: local, name: 'LocalStack' });
  });

  it('is not whatever answers', async () => {
    const other = await answering({ '/': 'hello', '/_localstack/health': '{"status":"ok"}' });
    await expect(findEmulator(other)).rejects.toThrow(
      `What answers at ${other} is no emulator: it knows neither /_ministack/health nor /_localstack/health. Nothing was sent to it.`,
    );
  });

  it.each([
    'https://kinesis.eu-west-1.amazonaws.com',
    'https://dynamodb.cn-north-1.amazonaws.com.cn',
    'https://x.api.aws',
  ])('is never %s', async (url) => {
    await expect(findEmulator(url)).rejects.toThrow('which is AWS itself: unset it, and use `npm run deploy`');
  });

  it('is not a port that is closed: the error says what to start, and what LocalStack needs', async () => {
    const closed = await answering({});
    await new Promise((resolve) => servers.pop()?.close(resolve));
    await expect(findEmulator(closed)).rejects.toThrow(`Nothing answers at ${closed} (ECONNREFUSED).`);
    vi.stubEnv('LOCALSTACK_AUTH_TOKEN', '');
    await expect(findEmulator(closed)).rejects.toThrow(
      'LOCALSTACK_AUTH_TOKEN is not set, and LocalStack ends at once without.',
    );
    vi.stubEnv('LOCALSTACK_AUTH_TOKEN', 'a token');
    await expect(findEmulator(closed)).rejects.not.toThrow('is not set');
    vi.unstubAllEnvs();
  });

  it.each(['localhost:4566', 'four', 'ftp://localhost', ''])('is not "%s"', async (text) => {
    await expect(findEmulator(text)).rejects.toThrow(`AWS_ENDPOINT_URL is "${text}": write an address such as`);
  });
});

describe('where an emulator serves the APIs', () => {
  const expected = {
    apiUrl: 'http://localhost:4566/_aws/execute-api/aa11/$default',
    socketUrl: 'ws://localhost:4566/_aws/execute-api/bb22/live',
    socketEndpoint: 'http://localhost:4566/_aws/execute-api/bb22/live',
  };
  it.each([
    ['wss://bb22.execute-api.us-east-1.amazonaws.com/live', 'as CloudFormation names them'],
    ['ws://localhost:9999/_aws/execute-api/bb22/live', 'as an earlier deployment was told, on another port'],
  ])('is under a path of its one port: %s', (SocketUrl) => {
    const outputs = { HttpApiUrl: 'http://aa11.execute-api.localhost:4566', SocketUrl };
    expect(apiAddresses('http://localhost:4566', outputs)).toEqual(expected);
  });

  it('can’t be told from outputs that name no API', () => {
    expect(() => apiAddresses('http://localhost:4566', {})).toThrow("the stack's outputs should name an API");
  });
});
