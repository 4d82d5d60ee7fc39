import { describe, expect, it } from 'vitest';
import type { Member } from '../../../functions/contract/account.ts';
import { sessionId } from '../../../functions/query/session-id.ts';
import { erasuresMax } from '../../../functions/sites/visitor-erasure-store.ts';
import { type Asked, demoApi as anyApi, now } from './demo-api.ts';

/** Asked by a signed-in owner. */
async function demoApi() {
  const api = await anyApi();
  const owner = { id: 'u'.repeat(22), provedAt: now, groups: [], email: 'owner@shop.example' };
  api.ports.signIn = { verify: async () => owner, emailOf: async () => owner.email, mayCreateSites: () => false };
  const member: Member = { id: owner.id, email: owner.email, role: 'owner', since: now };
  await api.ports.access.change('demo', (access) => ({ ...access, members: [member] }));
  const ask = (path: string, asked: Asked = {}) => api.ask(path, { key: 'a.signed.token', ...asked });
  return { ...api, ask };
}

const path = '/v1/sites/demo/erasures';
const visitor = 'a'.repeat(16);
const day = '2026-11-23';

describe('an erasure', () => {
  it('is asked for by visitor or by load, waits, and is told without saying whose it is', async () => {
    const { ask, ports } = await demoApi();
    const first = await ask(path, { method: 'POST', body: { day, visitor } });
    expect(first.json).toMatchObject({ day, state: 'waiting', requestedAt: now, records: 0 });
    const second = await ask(path, { method: 'POST', body: { day, load: 'b'.repeat(16) }, at: now + 1 });
    expect((await ports.visitorErasures.list('demo', 9)).map((one) => [one.visitor, one.load])).toEqual([
      [undefined, 'b'.repeat(16)],
      [visitor, undefined],
    ]);
    const { body, json } = await ask(path, { at: now + 2 });
    expect(json.rows.map(({ id }: { id: string }) => id)).toEqual([second.json.id, first.json.id]);
    expect(body).not.toMatch(/a{16}|b{16}/);
  });

  it('by a session is one of its visitor and their day', async () => {
    const { ask, ports } = await demoApi();
    const session = sessionId({ day, firstStart: now - 60_000, visitor });
    const asked = await ask(path, { method: 'POST', body: { session } });
    expect(asked.json).toMatchObject({ day, state: 'waiting' });
    expect(await ports.visitorErasures.list('demo', 9)).toMatchObject([{ day, visitor }]);
    expect((await ask(path, { method: 'POST', body: { day, visitor } })).json).toEqual(asked.json);
  });

  it('is an owner’s to ask for, and to be told of', async () => {
    const { ask } = await anyApi();
    for (const asked of [{ method: 'POST', body: { day, visitor } }, {}]) {
      expect((await ask(path, asked)).json.error.code).toBe('owners-only');
    }
  });

  it('that waits is the same request when it is asked for again', async () => {
    const { ask, ports } = await demoApi();
    const first = await ask(path, { method: 'POST', body: { day, visitor } });
    const again = await ask(path, { method: 'POST', body: { day, visitor }, at: now + 5_000 });
    expect(again.json).toEqual(first.json);
    expect(await ports.visitorErasures.list('demo', 9)).toHaveLength(1);
  });

  it('is refused while too many wait', async () => {
    const { ask } = await demoApi();
    const wish = (index: number) => ({ day, visitor: index.toString(16).padStart(16, '0') });
    for (let index = 0; index < erasuresMax; index++) {
      expect((await ask(path, { method: 'POST', body: wish(index), at: now + index })).statusCode).toBe(202);
    }
    const refused = await ask(path, { method: 'POST', body: wish(erasuresMax), at: now + erasuresMax });
    expect([refused.statusCode, refused.json.error.code]).toEqual([409, 'too-many-erasures']);
  });

  it.each([
    [{ visitor }, 'missing-day'],
    [{ day: '2026-11-24', visitor }, 'bad-day'],
    [{ day: '2025-01-01', visitor }, 'bad-day'],
    [{ day: '2026-02-31x', visitor }, 'bad-day'],
    [{ day }, 'missing-load'],
    [{ day, visitor: 'Ada' }, 'bad-visitor'],
    [{ day, load: 'A'.repeat(16) }, 'bad-load'],
    [{ day, visitor, load: visitor }, 'bad-load'],
    [{ session: 'rubbish' }, 'bad-session'],
    [{ session: sessionId({ day: '2025-01-01', firstStart: now, visitor }) }, 'bad-day'],
    [{ session: sessionId({ day, firstStart: now, visitor }), day }, 'bad-day'],
    [{ session: sessionId({ day, firstStart: now, visitor }), load: visitor }, 'bad-load'],
  ])('%j is refused as %s', async (body, code) => {
    const { ask } = await demoApi();
    const refused = await ask(path, { method: 'POST', body });
    expect([refused.statusCode, refused.json.error.code]).toEqual([400, code]);
  });
});
