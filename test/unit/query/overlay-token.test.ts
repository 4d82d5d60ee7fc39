import { describe, expect, it } from 'vitest';
import { overlayMs, ticketMs } from '../../../functions/push/watch-time.ts';
import { routes } from '../../../functions/query/routes.ts';
import { type DemoApi, demoApi, now } from './demo-api.ts';

const page = 'https://shop.example';
const tokenPath = '/v1/overlay-token';

async function ticketOf({ ask }: DemoApi, key = 'key-of-demo', site = 'demo'): Promise<string> {
  return (await ask(`/v1/sites/${site}/tickets`, { method: 'POST', key, body: {} })).json.ticket;
}

async function exchange({ ask }: DemoApi, ticket: unknown, more: object = {}) {
  return ask(tokenPath, { method: 'POST', key: '', origin: page, body: { key: 'write-demo', ticket }, ...more });
}

async function overlay() {
  const api = await demoApi();
  const { json } = await exchange(api, await ticketOf(api));
  return { ...api, token: json.token as string };
}

describe('the exchange of a ticket for a token', () => {
  it('gives a token of the site for 15 minutes, and what the overlay has to know', async () => {
    const api = await demoApi();
    const { statusCode, json, headers } = await exchange(api, await ticketOf(api));
    expect(statusCode).toBe(201);
    expect(json).toMatchObject({
      forMs: 15 * 60_000,
      site: 'demo',
      name: 'Site demo',
      socketUrl: 'wss://live.example',
    });
    expect(headers).toMatchObject({ 'access-control-allow-origin': page, vary: 'origin', 'cache-control': 'no-store' });
  });

  it('takes a ticket once, and not after its minute', async () => {
    const api = await demoApi();
    const [used, late] = [await ticketOf(api), await ticketOf(api)];
    await exchange(api, used);
    for (const again of [await exchange(api, used), await exchange(api, late, { at: now + ticketMs })]) {
      expect([again.statusCode, again.json.error.code]).toEqual([403, 'bad-ticket']);
      // The overlay must be able to read why.
      expect(again.headers['access-control-allow-origin']).toBe(page);
    }
  });

  it.each([
    ['another origin', { origin: 'https://evil.example' }, 'foreign-origin'],
    ['no origin', { origin: undefined }, 'foreign-origin'],
    ['a sandboxed page', { origin: 'null' }, 'foreign-origin'],
    ['an unknown write key', { body: { key: 'nobody', ticket: 'ticket-1' } }, 'foreign-origin'],
    ['a made-up ticket', { body: { key: 'write-demo', ticket: 'made-up' } }, 'bad-ticket'],
    ['a ticket that is too long', { body: { key: 'write-demo', ticket: 'x'.repeat(201) } }, 'bad-ticket'],
  ])('refuses %s', async (_what, more, code) => {
    const api = await demoApi();
    const { statusCode, json, headers } = await exchange(api, await ticketOf(api), more);
    expect([statusCode, json.error.code]).toEqual([403, code]);
    expect(headers['access-control-allow-origin']).toBe(code === 'foreign-origin' ? undefined : page);
  });

  it('does not use a ticket up for a foreign page', async () => {
    const api = await demoApi();
    const ticket = await ticketOf(api);
    await exchange(api, ticket, { origin: 'https://evil.example' });
    expect((await exchange(api, ticket)).statusCode).toBe(201);
  });

  it('refuses a ticket of another site, and one that an overlay bought', async () => {
    const api = await overlay();
    const foreign = await exchange(api, await ticketOf(api, 'key-of-other', 'other'));
    expect(foreign.json.error.code).toBe('bad-ticket');
    // Otherwise a token could renew itself for ever.
    const bought = await exchange(api, await ticketOf(api, api.token));
    expect([bought.statusCode, bought.json.error.code]).toEqual([403, 'bad-ticket']);
  });

  it.each([
    ['', 'bad-json'],
    [{}, 'missing-key'],
    [{ key: 'write-demo' }, 'missing-ticket'],
    [{ key: 'write-demo', ticket: 7 }, 'bad-ticket'],
  ])('names the fault of the body %j', async (body, code) => {
    const { statusCode, json } = await exchange(await demoApi(), '', { body });
    expect([statusCode, json.error.code]).toEqual([400, code]);
  });
});

describe('an overlay’s token', () => {
  it('reads heat and buys tickets for the socket, that end with it', async () => {
    const { ask, ports, token } = await overlay();
    expect((await ask('/v1/sites/demo/heatmap?path=/', { key: token, origin: page })).statusCode).toBe(200);
    const { json } = await ask('/v1/sites/demo/tickets', { method: 'POST', key: token, body: {}, at: now + 60_000 });
    expect(await ports.connections.redeemTicket(json.ticket, now + 61_000)).toMatchObject({
      site: 'demo',
      until: now + overlayMs,
      ofOverlay: true,
    });
  });

  it('ends after 15 minutes', async () => {
    const { ask, token } = await overlay();
    const at = (ms: number) => ask('/v1/sites/demo/heatmap?path=/', { key: token, origin: page, at: now + ms });
    expect((await at(overlayMs - 1)).statusCode).toBe(200);
    const { statusCode, json, headers } = await at(overlayMs);
    expect([statusCode, json.error.code]).toEqual([401, 'overlay-over']);
    expect(headers['access-control-allow-origin']).toBe(page);
  });

  it('opens no other route and no other site', async () => {
    const { ask, token } = await overlay();
    const closed = routes.filter(({ access, forOverlays }) => access !== 'public' && !forOverlays);
    expect(closed.length).toBeGreaterThan(7);
    for (const { method, path } of closed) {
      const address = path.replace('{site}', 'demo').replace(/\{\w+\}/g, 'x');
      const { statusCode, json } = await ask(address, { method, key: token, body: {} });
      expect([path, statusCode, json.error.code]).toEqual([path, 403, 'overlay-only']);
    }
    expect((await ask('/v1/sites/other/heatmap?path=/', { key: token })).json.error.code).toBe('other-site');
  });

  it('asks for a path as its browser has it', async () => {
    const { ask, ports, token } = await overlay();
    const site = await ports.sites.current('demo');
    if (!site) throw new Error('there is no demo site');
    await ports.sites.save({ ...site, pathRules: { ...site.pathRules, patterns: ['/product/:id'] } });
    const pathFor = async (key: string) =>
      (await ask('/v1/sites/demo/heatmap?path=/product/42/', { key })).json.path as string;
    expect(await pathFor(token)).toBe('/product/:id');
    expect(await pathFor('key-of-demo')).toBe('/product/42/');
  });
});

describe('pages of other origins', () => {
  const preflight = (path: string, origin: string) =>
    demoApi().then(({ ask }) => ask(path, { method: 'OPTIONS', origin }));

  it('are asked in by name, where they are the site’s', async () => {
    const { statusCode, headers } = await preflight('/v1/sites/demo/heatmap', page);
    expect([statusCode, headers['access-control-allow-origin']]).toEqual([204, page]);
    expect(headers['access-control-allow-methods']).toBe('GET');
    expect(headers['access-control-allow-headers']).toBe('authorization, content-type');
  });

  it.each([
    ['/v1/sites/demo/heatmap', 'https://evil.example'],
    ['/v1/sites/demo/heatmap', 'https://shop.example.evil.example'],
    ['/v1/sites/demo/heatmap', 'null'],
    ['/v1/sites/nowhere/heatmap', page],
    ['/v1/sites/demo/pages', page],
    ['/v1/sites', page],
    ['/v1/nothing', page],
  ])('are not at %s from %s', async (path, origin) => {
    expect((await preflight(path, origin)).headers['access-control-allow-origin']).toBeUndefined();
  });

  it('may not read what is not for overlays, even with a key', async () => {
    const { ask } = await demoApi();
    expect(
      (await ask('/v1/sites/demo/pages', { origin: page })).headers['access-control-allow-origin'],
    ).toBeUndefined();
  });
});
