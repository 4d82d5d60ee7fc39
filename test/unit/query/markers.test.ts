import { describe, expect, it } from 'vitest';
import { markersPerDayMax } from '../../../functions/sites/marker-store.ts';
import { hashSecret, idOfHash } from '../../../functions/sites/secret.ts';
import { demoApi, now } from './demo-api.ts';

const address = '/v1/sites/demo/markers';
const post = (body: unknown, more = {}) => ({ method: 'POST', body, ...more });

describe('/markers', () => {
  it('marks this instant, and says at which hour and day of the site it splits', async () => {
    const { ask } = await demoApi();
    const { statusCode, json } = await ask(address, post({ text: '  Release 2.4 ' }));
    expect(statusCode).toBe(201);
    // 14:20 in Berlin: the next hour is 15:00 there, the next day begins at 23:00 UTC.
    const splits = { hour: Date.parse('2026-11-23T14:00Z'), day: Date.parse('2026-11-23T23:00Z') };
    expect(json).toEqual({ at: now, text: 'Release 2.4', splits });
    expect((await ask(address)).json.rows).toEqual([json]);
  });

  it('splits at the very instant where an hour begins there', async () => {
    const { ask } = await demoApi();
    const { json } = await ask(address, post({ text: 'x', at: '2026-11-22T23:00:00Z' }));
    expect(json.splits).toEqual({ hour: json.at, day: json.at });
  });

  it('lists whole days of the site, oldest first, and the range really used', async () => {
    const { ask } = await demoApi();
    for (const at of ['2026-11-22T10:00:00Z', '2026-11-21T23:30:00Z', '2026-11-21T10:00:00Z', '2026-11-22T23:00:00Z']) {
      await ask(address, post({ text: at, at }));
    }
    const { json } = await ask(`${address}?from=2026-11-22T12:00:00Z&to=2026-11-22`);
    const texts = json.rows.map(({ text }: { text: string }) => text);
    expect(texts).toEqual(['2026-11-21T23:30:00Z', '2026-11-22T10:00:00Z']);
    expect([json.from, json.to]).toEqual([Date.parse('2026-11-21T23:00Z'), Date.parse('2026-11-22T23:00Z')]);
  });

  it('takes one away by its instant, of this site alone', async () => {
    const { ask } = await demoApi();
    const { json } = await ask(address, post({ text: 'mistake' }));
    const remove = { method: 'DELETE' };
    expect((await ask(`${address}/${json.at}`, { ...remove, key: 'key-of-other' })).statusCode).toBe(403);
    expect((await ask(`${address}/${json.at}`, remove)).json).toEqual({ at: json.at });
    expect((await ask(address)).json.rows).toEqual([]);
    for (const at of [json.at, 'yesterday', '-1', '99999999999999999']) {
      const gone = await ask(`${address}/${at}`, remove);
      expect([gone.statusCode, gone.json.error.code]).toEqual([404, 'unknown-marker']);
    }
  });

  it('takes a repeated request as one', async () => {
    const { ask } = await demoApi();
    const marker = { text: 'Release', at: String(now - 1_000) };
    for (let times = 0; times < 3; times++) expect((await ask(address, post(marker))).statusCode).toBe(201);
    expect((await ask(address)).json.rows).toHaveLength(1);
  });

  it.each([
    [{}, 'missing-text'],
    [{ text: '   ' }, 'missing-text'],
    [{ text: 7 }, 'bad-text'],
    [{ text: 'x'.repeat(81) }, 'bad-text'],
    [{ text: 'two\nlines' }, 'bad-text'],
    [{ text: 'half of a pair: \ud800' }, 'bad-text'],
    [{ text: 'x', at: '2026-11-23' }, 'bad-at'],
    [{ text: 'x', at: 'yesterday' }, 'bad-at'],
    [{ text: 'x', at: '2026-11-23T13:30:00Z' }, 'bad-at'],
    [{ text: 'x', at: '2025-01-01T00:00:00Z' }, 'bad-at'],
    ['[]', 'bad-json'],
  ])('refuses %j by name: %s', async (body, code) => {
    const { ask } = await demoApi();
    const { statusCode, json } = await ask(address, post(body));
    expect([statusCode, json.error.code]).toEqual([400, code]);
    expect((await ask(address)).json.rows).toEqual([]);
  });

  it('refuses one more than a date can hold', async () => {
    const { ask } = await demoApi();
    for (let ago = 0; ago < markersPerDayMax; ago++) {
      await ask(address, post({ text: 'x', at: String(now - ago) }));
    }
    const { statusCode, json } = await ask(address, post({ text: 'x', at: String(now - 99) }));
    expect([statusCode, json.error.code]).toEqual([409, 'too-many-markers']);
  });

  it('is for keys of the site, and for no overlay', async () => {
    const { ask, ports } = await demoApi();
    expect((await ask(address, post({ text: 'x' }, { key: '' }))).statusCode).toBe(401);
    expect((await ask(address, post({ text: 'x' }, { key: 'key-of-other' }))).statusCode).toBe(403);
    const token = await ports.tokens.issue({
      kind: 'overlay',
      by: { kind: 'key', id: idOfHash(hashSecret('key-of-demo')) },
      site: 'demo',
      until: now + 60_000,
    });
    for (const more of [post({ text: 'x' }, { key: token }), { key: token }]) {
      expect((await ask(address, more)).json.error.code).toBe('overlay-only');
    }
  });
});
