import { createHmac } from 'node:crypto';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { postJson } from '../../../functions/alerts/post.ts';
import { tell } from '../../../functions/alerts/tell.ts';
import { parseNetworks } from '../../../functions/capture/address.ts';
import { type AlertSettings, defaultAlerts } from '../../../functions/contract/alert.ts';
import { siteFixture } from '../ingest/batch-fixture.ts';
import { cert, key } from './certificate.ts';

const now = 1_800_000_000_000;
const received: { path: string; headers: Record<string, unknown>; body: string }[] = [];
let status = 200;
const server = createServer({ key, cert }, (request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => {
    body += chunk.toString('utf8');
  });
  request.on('end', () => {
    received.push({ path: request.url ?? '', headers: request.headers, body });
    response.writeHead(status, { location: 'https://elsewhere.example/' }).end('thank you');
  });
});
let url = '';
beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  url = `https://hooks.sitepulse.example:${(server.address() as AddressInfo).port}/in?a=1`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  received.length = 0;
  status = 200;
});

const loopback = parseNetworks('127.0.0.0/8');
const lookUp = async () => ['127.0.0.1'];
const post = (to: string, body: string, headers: Record<string, string>) =>
  postJson(to, body, headers, { networks: loopback, lookUp, ca: cert });

describe('posting', () => {
  it('reaches the address that the name was resolved to, under the name', async () => {
    await post(url, '{"a":1}', { 'x-a': 'b' });
    expect(received).toMatchObject([
      { path: '/in?a=1', body: '{"a":1}', headers: { 'x-a': 'b', host: new URL(url).host } },
    ]);
  });

  it.each([
    ['http://hooks.sitepulse.example/', 'only https'],
    ['https://user@hooks.sitepulse.example/', 'only https'],
  ])('%s is refused', async (to, why) => {
    await expect(post(to, '{}', {})).rejects.toThrow(why);
  });

  it.each(['127.0.0.1', '10.0.0.8', '169.254.169.254', '::1', '::ffff:127.0.0.1'])(
    'a name that leads to %s, which is not public, is refused before anything is dialled',
    async (address) => {
      const options = { networks: parseNetworks(''), lookUp: async () => ['203.0.114.1', address], ca: cert };
      await expect(postJson(url, '{}', {}, options)).rejects.toThrow('is not a public address');
      expect(received).toEqual([]);
    },
  );

  it('an answer that comes byte by byte is not waited for', async () => {
    const dripping = createTlsServer({ key, cert }, (socket) => {
      socket.write('HTTP/1.1 200 OK\r\nx-a: ');
      const drip = setInterval(() => socket.write('a'), 5);
      socket.on('error', () => undefined).on('close', () => clearInterval(drip));
    });
    await new Promise<void>((listening) => dripping.listen(0, '127.0.0.1', listening));
    const to = `https://hooks.sitepulse.example:${(dripping.address() as AddressInfo).port}/`;
    const options = { networks: loopback, lookUp, ca: cert, withinMs: 200 };
    await expect(postJson(to, '{}', {}, options)).rejects.toThrow('no answer in 200 ms');
    await new Promise((closed) => dripping.close(closed));
  });

  it.each([302, 404, 500])('an answer of %i is a failure, and no redirect is followed', async (answered) => {
    status = answered;
    await expect(post(url, '{}', {})).rejects.toThrow(`answered ${answered}`);
    expect(received).toHaveLength(1);
  });
});

describe('telling', () => {
  const site = siteFixture();
  const finding = { kind: 'rage', text: '12 rage clicks <here>.' } as const;
  const stored = (changes: Partial<AlertSettings>) => ({
    settings: { ...defaultAlerts, ...changes },
    webhookSecret: 'the-secret',
  });

  it('signs what the webhook gets, so that its owner knows who sent it and when', async () => {
    const told = await tell(site, finding, stored({ webhookUrl: url }), now, { mail: null, post });
    expect(told).toEqual({ sent: 1, failed: 0 });
    const [{ body, headers } = { body: '', headers: {} as Record<string, unknown> }] = received;
    expect(JSON.parse(body)).toEqual({ site: site.site, kind: 'rage', text: finding.text, at: now });
    const expected = createHmac('sha256', 'the-secret').update(`1800000000.${body}`).digest('hex');
    expect(headers['x-sitepulse-signature']).toBe(`t=1800000000,v1=${expected}`);
  });

  it('goes every way that is set; one that fails harms no other, is counted, and its address is not logged', async () => {
    const mailed: string[][] = [];
    const warned = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const told = await tell(
      site,
      finding,
      stored({ emails: ['a@b.example'], slackUrl: 'https://hooks.slack.com/x', webhookUrl: url }),
      now,
      {
        mail: async (...mail) => void mailed.push(mail),
        post: async (to, body) => {
          if (to === url) throw new Error(`secret ${to}`);
          expect(JSON.parse(body).text).toContain('12 rage clicks &lt;here&gt;.');
        },
      },
    );
    expect(told).toEqual({ sent: 2, failed: 1 });
    expect(mailed).toEqual([['a@b.example', `${site.name}: rage clicks`, finding.text]]);
    expect(warned.mock.calls.flat().join()).not.toMatch(/hooks\.|a@b/);
    warned.mockRestore();
  });
});
