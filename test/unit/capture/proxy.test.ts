import { createServer, request, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { parseNetworks } from '../../../functions/capture/address.ts';
import { type CaptureProxy, type ProxyOptions, startProxy } from '../../../functions/capture/proxy.ts';

const open: { close(): Promise<void> | void }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function site(answer: Parameters<typeof createServer>[1]): Promise<number> {
  const server: Server = createServer(answer);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  open.push({
    close: () => {
      server.closeAllConnections();
      return new Promise<void>((done) => server.close(() => done()));
    },
  });
  return (server.address() as AddressInfo).port;
}

async function proxyWith(options: Partial<ProxyOptions> = {}): Promise<CaptureProxy> {
  const proxy = await startProxy({ networks: parseNetworks(''), bytesMax: 1e6, connectionsMax: 8, ...options });
  open.push(proxy);
  return proxy;
}

function get(
  proxy: CaptureProxy,
  url: string,
): Promise<{ status: number; location: string | undefined; body: string }> {
  return new Promise((resolve, reject) => {
    const { host } = new URL(url);
    request({ host: '127.0.0.1', port: proxy.port, path: url, headers: { host } }, async (answer) => {
      let body = '';
      try {
        for await (const chunk of answer) body += chunk;
        resolve({ status: answer.statusCode ?? 0, location: answer.headers.location, body });
      } catch (error) {
        reject(error);
      }
    })
      .on('error', reject)
      .end();
  });
}

/** The first line that a tunnel to `target` is answered with, and what comes through it after `sent`. */
function tunnel(proxy: CaptureProxy, target: string, sent = ''): Promise<{ status: string; body: string }> {
  return new Promise((resolve, reject) => {
    let received = '';
    const socket = connect(proxy.port, '127.0.0.1');
    socket.on('data', (chunk) => {
      const established = !received.includes('\r\n\r\n');
      received += chunk;
      if (established && received.startsWith('HTTP/1.1 200') && sent) socket.write(sent);
    });
    socket.on('error', reject);
    socket.on('close', () => {
      const [head = '', ...rest] = received.split('\r\n\r\n');
      resolve({ status: head.split('\r\n')[0] ?? '', body: rest.join('\r\n\r\n') });
    });
    socket.write(`CONNECT ${target} HTTP/1.1\r\nhost: ${target}\r\n\r\n`);
  });
}

const loopback = parseNetworks('127.0.0.0/8,::1/128');

describe('the proxy', () => {
  it('refuses loopback unless its network is allowed', async () => {
    const port = await site((_, response) => response.end('secret'));
    const closed = await proxyWith();
    expect(await get(closed, `http://127.0.0.1:${port}/`)).toMatchObject({
      status: 403,
      body: '127.0.0.1 leads to 127.0.0.1, which is not a public address',
    });
    expect((await tunnel(closed, `127.0.0.1:${port}`)).status).toBe('HTTP/1.1 403 Forbidden');
    expect([...closed.failures]).toEqual([
      [
        '127.0.0.1',
        { code: 'address-refused', message: '127.0.0.1 leads to 127.0.0.1, which is not a public address' },
      ],
    ]);

    const opened = await proxyWith({ networks: loopback });
    expect(await get(opened, `http://127.0.0.1:${port}/`)).toMatchObject({ status: 200, body: 'secret' });
    const through = await tunnel(opened, `127.0.0.1:${port}`, 'GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
    expect(through.status).toBe('HTTP/1.1 200 Connection Established');
    expect(through.body).toContain('secret');
    expect(opened.failures.size).toBe(0);
  });

  it.each([
    'http://169.254.169.254/latest/meta-data/',
    'http://[::1]/',
    'http://[::ffff:7f00:1]/',
    'http://[64:ff9b::a9fe:a9fe]/',
    'http://[fd00:ec2::254]/',
    'http://[fe80::1]/',
    'http://[2002:a9fe:a9fe::]/',
    'http://2130706433/',
    'http://017700000001/',
    'http://127.1/',
    'http://0251.0376.0251.0376/',
    'http://0x7f.1/',
    'http://localhost./',
    'http://printer.local/',
    'http://printer.local./',
  ])('refuses %s', async (url) => {
    const proxy = await proxyWith();
    expect((await get(proxy, url)).status).toBe(403);
    const { hostname } = new URL(url);
    expect((await tunnel(proxy, `${hostname}:443`)).status).toBe('HTTP/1.1 403 Forbidden');
  });

  it.each(['0x7f.0.0.1:443', '2130706433:443', '[::ffff:169.254.169.254]:443', '0:443', 'localhost:443'])(
    'refuses a tunnel to %s, however its name is spelled',
    async (target) => {
      expect((await tunnel(await proxyWith(), target)).status).toBe('HTTP/1.1 403 Forbidden');
    },
  );

  it.each([22, 25, 53, 110, 853])('refuses port %i, whatever the address', async (port) => {
    const asked: string[] = [];
    const lookup = async (name: string) => {
      asked.push(name);
      return ['93.184.216.34'];
    };
    const proxy = await proxyWith({ lookup });
    expect((await tunnel(proxy, `mail.example:${port}`)).status).toBe('HTTP/1.1 403 Forbidden');
    expect(await get(proxy, `http://mail.example:${port}/`)).toMatchObject({
      status: 403,
      body: `port ${port} is not the web's: 80, 443, or above 1023`,
    });
    expect(asked).toEqual([]);
  });

  it.each(['', '443', ':443', 'a b:443', 'mail.example:99999', 'http://127.0.0.1:80'])(
    'refuses %j, which is not a host and a port',
    async (target) => {
      expect((await tunnel(await proxyWith({ lookup: async () => [] }), target)).status).toMatch(/ (403|400|502) /);
    },
  );

  it('passes a redirect on, and refuses where it leads', async () => {
    const port = await site((_, response) => {
      response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data/' }).end();
    });
    const proxy = await proxyWith({ networks: loopback });
    const { status, location } = await get(proxy, `http://127.0.0.1:${port}/`);
    expect(status).toBe(302);
    expect((await get(proxy, location ?? '')).status).toBe(403);
  });

  it('refuses a name as soon as one of its addresses is not public', async () => {
    for (const hidden of ['::ffff:10.0.0.7', 'fe80::7', 'fd00:ec2::254', '169.254.169.254']) {
      const lookup = async () => ['2606:4700:4700::1111', hidden];
      expect((await get(await proxyWith({ lookup }), 'http://two-faced.example/')).status, hidden).toBe(403);
    }
    const proxy = await proxyWith({ lookup: async () => ['93.184.216.34', '10.0.0.7'] });
    expect(await get(proxy, 'http://two-faced.example/')).toMatchObject({
      status: 403,
      body: 'two-faced.example leads to 10.0.0.7, which is not a public address',
    });
  });

  it('dials the very address that it checked, however the name answers next', async () => {
    const port = await site((_, response) => response.end('first'));
    const answers = [['127.0.0.1'], ['10.0.0.7']];
    const proxy = await proxyWith({ networks: loopback, lookup: async () => answers.shift() ?? [] });
    expect((await get(proxy, `http://fickle.example:${port}/`)).body).toBe('first');
    expect(answers).toHaveLength(1);
    expect((await get(proxy, `http://fickle.example:${port}/`)).status).toBe(403);
  });

  it('tells the site its own name, and nothing of the proxy', async () => {
    const port = await site((incoming, response) => response.end(JSON.stringify(incoming.headers)));
    const proxy = await proxyWith({ networks: loopback, lookup: async () => ['127.0.0.1'] });
    const { body } = await get(proxy, `http://shop.example:${port}/`);
    expect(JSON.parse(body)).toEqual({ host: `shop.example:${port}`, connection: 'close' });
  });

  it('cuts everything once the page has loaded more than its share', async () => {
    const port = await site((_, response) => response.end('x'.repeat(5000)));
    const proxy = await proxyWith({ networks: loopback, bytesMax: 1000 });
    await expect(get(proxy, `http://127.0.0.1:${port}/`)).rejects.toThrow();
    expect(proxy.exhausted()).toBe(true);
  });

  it('opens no more connections than its bound', async () => {
    const waiting: (() => void)[] = [];
    const port = await site((_, response) => {
      waiting.push(() => response.end('done'));
      if (waiting.length === 2) for (const finish of waiting) finish();
    });
    const proxy = await proxyWith({ networks: loopback, connectionsMax: 1 });
    const first = get(proxy, `http://127.0.0.1:${port}/`);
    await expect.poll(() => waiting.length).toBe(1);
    expect((await get(proxy, `http://127.0.0.1:${port}/`)).status).toBe(502);
    waiting[0]?.();
    expect((await first).body).toBe('done');
    expect((await get(proxy, `http://127.0.0.1:${port}/`)).status).toBe(200);
  });

  it('answers 502 for a site that does not answer', async () => {
    const port = await site(() => undefined);
    await open.pop()?.close();
    const proxy = await proxyWith({ networks: loopback });
    expect((await get(proxy, `http://127.0.0.1:${port}/`)).status).toBe(502);
    expect((await tunnel(proxy, `127.0.0.1:${port}`)).status).toBe('HTTP/1.1 502 Bad Gateway');
    expect(proxy.failures.get('127.0.0.1')?.code).toBe('unreachable');
  });

  it('serves nothing itself', async () => {
    const proxy = await proxyWith({ networks: loopback });
    const answer = await fetch(`http://127.0.0.1:${proxy.port}/`);
    expect(answer.status).toBe(403);
  });
});
