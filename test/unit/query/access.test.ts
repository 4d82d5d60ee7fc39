import { describe, expect, it } from 'vitest';
import { demoApi } from './demo-api.ts';

describe('who may ask', () => {
  it.each([
    ['no key', '/v1/sites/demo/pages', '', 401, 'no-key'],
    ['an unknown key', '/v1/sites/demo/pages', 'nobody', 401, 'unknown-key'],
    ['an unknown key for an unknown site', '/v1/sites/nowhere/pages', 'nobody', 401, 'unknown-key'],
    ['a key of another site', '/v1/sites/demo/pages', 'key-of-other', 403, 'other-site'],
    ['a site that does not exist', '/v1/sites/nowhere/pages', 'key-of-demo', 404, 'unknown-site'],
    ['no key for the list of sites', '/v1/sites', '', 401, 'no-key'],
  ])('%s is refused', async (_what, path, key, status, code) => {
    const { ask } = await demoApi();
    const { statusCode, json, headers } = await ask(path, { key });
    expect([statusCode, json.error.code]).toEqual([status, code]);
    expect(headers['www-authenticate']).toBe(status === 401 ? 'Bearer' : undefined);
  });

  it('refuses before it reads what was asked for', async () => {
    const { ask } = await demoApi();
    expect((await ask('/v1/sites/demo/series?unit=nonsense', { key: '' })).statusCode).toBe(401);
  });

  it('lists the site of the key, and only that', async () => {
    const { ask } = await demoApi();
    const { json } = await ask('/v1/sites');
    expect(json).toEqual({
      sites: [
        { site: 'demo', name: 'Site demo', zone: 'Europe/Berlin', origins: ['https://shop.example'], role: null },
      ],
    });
  });
});

describe('what is not there', () => {
  it.each([
    ['GET', '/v1/nothing', 404, 'unknown-route'],
    ['GET', '/v1/sites/demo/live/more', 404, 'unknown-route'],
    ['GET', '/v1/sites//live', 404, 'unknown-route'],
    ['GET', '/v1/sites/%E0%A4%A/live', 404, 'unknown-route'],
    ['POST', '/v1/sites/demo/live', 405, 'bad-method'],
    ['DELETE', '/v1/sites/demo/captures', 405, 'bad-method'],
  ])('%s %s is answered by name', async (method, path, status, code) => {
    const { ask } = await demoApi();
    const { statusCode, json } = await ask(path, { method });
    expect([statusCode, json.error.code]).toEqual([status, code]);
  });

  it('says in a sentence that an answer would be more than a function may give', async () => {
    const { ask, ports } = await demoApi();
    const [at, text] = [Date.parse('2026-11-23T12:00:00Z'), 'é'.repeat(1_000)];
    ports.markers.between = async () => Array.from({ length: 3_000 }, () => ({ at, text }));
    const { statusCode, json } = await ask('/v1/sites/demo/markers');
    expect([statusCode, json.error.code]).toEqual([400, 'answer-too-large']);
    expect(json.error.message).toContain('at most 5.9 are answered: ask for a shorter range');
  });

  it('says nothing of what failed inside', async () => {
    const { ask, ports } = await demoApi();
    ports.counters.partition = async () => {
      throw new Error('table demo-counters at 10.0.0.7 is on fire');
    };
    const { statusCode, json } = await ask('/v1/sites/demo/pages');
    expect(statusCode).toBe(500);
    expect(json).toEqual({ error: { code: 'internal', message: 'something failed on our side; it was logged' } });
  });
});

describe('a ticket', () => {
  it('opens one connection to the key’s site', async () => {
    const { ask, ports } = await demoApi();
    const { json } = await ask('/v1/sites/demo/tickets', { method: 'POST', body: {} });
    const now = Date.parse('2026-11-23T13:20:20Z');
    expect(await ports.connections.redeemTicket(json.ticket, now)).toMatchObject({
      site: 'demo',
      until: null,
      by: { kind: 'key' },
    });
    expect(await ports.connections.redeemTicket(json.ticket, now)).toBeNull();
  });
});
