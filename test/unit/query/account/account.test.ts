import { describe, expect, it, vi } from 'vitest';
import { overlayMs } from '../../../../functions/push/watch-time.ts';
import { openSocket } from '../../../../functions/query/socket.ts';
import { triesMax, tryWindowMs } from '../../../../functions/sites/access-store.ts';
import { hashSecret } from '../../../../functions/sites/secret.ts';
import { demoApi, now } from '../demo-api.ts';
import { fakeIssuer, testSignIn, tokenOf, userOf } from '../people.ts';

const inGroup = { claims: { 'cognito:groups': ['owners'] } };

/** A site that Ada has made, and what asks for her and others. */
async function adasSite() {
  const api = await demoApi();
  const issuer = fakeIssuer();
  api.ports.signIn = testSignIn(issuer.fetchJson);
  const bearers = new Map<string, string>([['ada', await tokenOf('ada', inGroup)]]);
  const as = async (who: string, method: string, path: string, body?: unknown, at = now) => {
    const bearer = bearers.get(who) ?? (await tokenOf(who));
    bearers.set(who, bearer);
    return api.ask(path, { method, key: who === '' ? '' : bearer, body, at });
  };
  const made = await as('ada', 'POST', '/v1/sites', {
    name: 'Shop',
    zone: 'Europe/Berlin',
    origins: ['https://shop.example', 'https://*.shop.example'],
  });
  const site = made.json.site as string;
  const path = (rest = '') => `/v1/sites/${site}${rest}`;
  const invite = async (role: string, email?: string) =>
    (await as('ada', 'POST', path('/members'), { role, ...(email && { email }) })).json.secret as string;
  const accept = (who: string, invitation: string, at = now) => as(who, 'POST', '/v1/invitations', { invitation }, at);
  const connect = async (who: string, id: string) => {
    const { ticket } = (await as(who, 'POST', path('/tickets'), {})).json;
    const opens = await api.ports.connections.redeemTicket(ticket, now);
    if (!opens) throw new Error(`the ticket of ${who} opened nothing`);
    await api.ports.connections.connect({ id, site, topics: ['live'], by: opens.by }, now, opens.until);
  };
  const use = (who: string, bearer: string) => void bearers.set(who, bearer);
  return { ...api, as, use, made, site, path, invite, accept, connect, closed: api.ports.socket.closed };
}

const outcome = ({ statusCode, json }: { statusCode: number; json: { error?: { code: string } } }) =>
  [statusCode, json.error?.code].filter((part) => part !== undefined);

describe('a site', () => {
  it('belongs to whoever makes it, who is told by /v1/me that they may', async () => {
    const { as, made, site, path, ports } = await adasSite();
    expect(made.statusCode).toBe(201);
    expect((await as('ada', 'GET', '/v1/me')).json).toMatchObject({ id: userOf('ada'), mayCreateSites: true });
    expect((await as('ada', 'GET', '/v1/sites')).json.sites).toMatchObject([{ site, name: 'Shop', role: 'owner' }]);
    const [key] = (await as('ada', 'GET', path('/write-keys'))).json.rows;
    expect((await ports.sites.byWriteKey(key.id))?.site).toBe(site);
    expect((await as('bob', 'GET', '/v1/me')).json).toMatchObject({ mayCreateSites: false });
    const wish = { name: 'Mine', zone: 'UTC', origins: [] };
    expect(outcome(await as('bob', 'POST', '/v1/sites', wish))).toEqual([403, 'no-creator']);
    expect(outcome(await as('bob', 'GET', path('/pages')))).toEqual([403, 'no-member']);
  });

  it('keeps what a change leaves out, and loses no change of two that are made at once', async () => {
    const { as, path } = await adasSite();
    const exclusions = { paths: ['/admin/*'], networks: ['203.0.113.0/24'] };
    await Promise.all([
      as('ada', 'PATCH', path(), { name: 'Store', retentionDays: 30 }),
      as('ada', 'PATCH', path(), { exclusions, movesSampledPercent: 50, monthlyBudgetUsd: 20 }),
    ]);
    const captures = { enabled: false, hideSelectors: ['#chat'] };
    const { json } = await as('ada', 'PATCH', path(), { captures });
    expect(json).toMatchObject({ name: 'Store', retentionDays: 30, exclusions, movesSampledPercent: 50 });
    expect(json).toMatchObject({
      monthlyBudgetUsd: 20,
      captures,
      origins: ['https://shop.example', 'https://*.shop.example'],
    });
    expect((await as('ada', 'GET', path())).json).toEqual(json);
    expect(outcome(await as('ada', 'POST', path('/captures'), { path: '/', device: 'desktop' }))).toEqual([
      409,
      'captures-off',
    ]);
  });

  it('takes on another time zone at its next midnight', async () => {
    const { as, path, use } = await adasSite();
    const { json } = await as('ada', 'PATCH', path(), { zone: 'America/New_York' });
    // 14:20 in Berlin.
    const midnight = Date.parse('2026-11-23T23:00:00Z');
    expect(json).toMatchObject({ zone: 'Europe/Berlin', upcomingZone: { zone: 'America/New_York', from: midnight } });
    const named = await as('ada', 'PATCH', path(), { name: 'Store' });
    expect(named.json.upcomingZone).toEqual(json.upcomingZone);
    use('ada', await tokenOf('ada', { issuedAt: midnight - 60_000 }));
    const zoneAt = async (at: number) => (await as('ada', 'GET', '/v1/sites', undefined, at)).json.sites[0].zone;
    expect([await zoneAt(midnight - 1), await zoneAt(midnight)]).toEqual(['Europe/Berlin', 'America/New_York']);
    // What is changed afterwards builds on the zone that holds by then.
    const after = await as('ada', 'PATCH', path(), { name: 'Shop' }, midnight);
    expect(after.json).toMatchObject({ zone: 'America/New_York', upcomingZone: null });
  });

  it.each([
    [{}, 'nothing-to-change'],
    [{ colour: 'red' }, 'unknown-property'],
    [{ name: '' }, 'missing-name'],
    [{ name: 'a\nb' }, 'bad-name'],
    [{ zone: 'Mars/Olympus' }, 'bad-zone'],
    [{ zone: '+01:00' }, 'bad-zone'],
    [{ origins: ['https://*'] }, 'bad-origins'],
    [{ origins: ['https://shop.*.example'] }, 'bad-origins'],
    [{ origins: ['shop.example'] }, 'bad-origins'],
    [{ origins: 'https://shop.example' }, 'bad-origins'],
    [{ origins: Array.from({ length: 51 }, (_, n) => `https://${n}.example`) }, 'bad-origins'],
    [{ exclusions: { paths: ['admin'], networks: [] } }, 'bad-paths'],
    [{ exclusions: { paths: [], networks: ['10.0.0.0/33'] } }, 'bad-networks'],
    [{ retentionDays: 0 }, 'bad-retentionDays'],
    [{ movesSampledPercent: 101 }, 'bad-movesSampledPercent'],
    [{ monthlyBudgetUsd: 1.5 }, 'bad-monthlyBudgetUsd'],
    [{ captures: { enabled: 'yes', hideSelectors: [] } }, 'bad-enabled'],
    [{ captures: { enabled: true, hideSelectors: ['a{}'] } }, 'bad-hideSelectors'],
    [{ pathRules: { patterns: [], dropIndex: true } }, 'bad-dropTrailingSlash'],
    // What no text can be made of.
    [{ origins: { toString: 1 } }, 'bad-origins'],
    [{ origins: [{ toString: 1 }] }, 'bad-origins'],
    [{ retentionDays: { toString: 1 } }, 'bad-retentionDays'],
    [{ captures: { enabled: { toString: 1 }, hideSelectors: [] } }, 'bad-enabled'],
    [{ captures: [{ toString: 1 }] }, 'bad-captures'],
    [{ goals: { toString: 1 } }, 'bad-goals'],
    [{ goals: [[{ toString: 1 }]] }, 'bad-goals'],
  ])('refuses the settings %j by name', async (patch, code) => {
    const { as, path } = await adasSite();
    expect(outcome(await as('ada', 'PATCH', path(), patch))).toEqual([400, code]);
  });

  it('says what its deletion removes, and is gone for everybody once its name confirms it', async () => {
    const { as, path, ports, connect, closed } = await adasSite();
    await connect('ada', 'open');
    const [key] = (await as('ada', 'GET', path('/write-keys'))).json.rows;
    const told = (await as('ada', 'GET', path('/deletion'))).json;
    expect(told).toMatchObject({ name: 'Shop', state: 'not-asked', loses: { members: 1, keys: 0 } });
    expect(outcome(await as('ada', 'DELETE', path()))).toEqual([400, 'missing-confirm']);
    expect(outcome(await as('ada', 'DELETE', path('?confirm=shop')))).toEqual([409, 'not-confirmed']);
    expect((await as('ada', 'DELETE', path('?confirm=Shop'))).json).toMatchObject({ state: 'running' });
    expect(outcome(await as('ada', 'GET', path('/pages')))).toEqual([404, 'unknown-site']);
    expect((await as('ada', 'GET', '/v1/sites')).json.sites).toEqual([]);
    expect(await ports.sites.byWriteKey(key.id)).toBeNull();
    expect([...closed]).toEqual(['open']);
  });

  it('has other write keys beside the first, and keeps one', async () => {
    const { as, path, ports, site } = await adasSite();
    const [first] = (await as('ada', 'GET', path('/write-keys'))).json.rows;
    expect(outcome(await as('ada', 'DELETE', path(`/write-keys/${first.id}`)))).toEqual([409, 'last-write-key']);
    const second = (await as('ada', 'POST', path('/write-keys'), {})).json;
    expect((await as('ada', 'DELETE', path(`/write-keys/${first.id}`))).statusCode).toBe(200);
    expect([await ports.sites.byWriteKey(first.id), (await ports.sites.byWriteKey(second.id))?.site]).toEqual([
      null,
      site,
    ]);
  });
});

describe('people', () => {
  it('join by a link that works once, for one of those who use it at once', async () => {
    const { as, path, invite, accept } = await adasSite();
    const secret = await invite('viewer');
    const answers = await Promise.all([accept('bob', secret), accept('eve', secret)]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 404]);
    const { rows, invitations } = (await as('ada', 'GET', path('/members'))).json;
    expect(rows.map(({ role }: { role: string }) => role)).toEqual(['owner', 'viewer']);
    expect(invitations).toEqual([]);
  });

  it('join by an address only as its verified owner, within seven days, and not after it was revoked', async () => {
    const { as, path, invite, accept } = await adasSite();
    const forBob = await invite('viewer', 'Bob@Shop.example');
    expect(outcome(await accept('eve', forBob))).toEqual([404, 'not-there']);
    expect((await accept('bob', forBob)).json).toMatchObject({ role: 'viewer', name: 'Shop' });
    expect(outcome(await accept('bob', await invite('viewer')))).toEqual([409, 'already-member']);
    const revoked = await invite('viewer');
    const { invitations } = (await as('ada', 'GET', path('/members'))).json;
    for (const { id } of invitations) await as('ada', 'DELETE', path(`/members/${id}`));
    expect(outcome(await accept('eve', revoked))).toEqual([404, 'not-there']);
    expect(outcome(await accept('eve', 'invite_made-up'))).toEqual([404, 'not-there']);
  });

  it('keep an owner, whoever removes whom at once', async () => {
    const { as, path, invite, accept } = await adasSite();
    const ada = path(`/members/${userOf('ada')}`);
    const bob = path(`/members/${userOf('bob')}`);
    for (const answer of [await as('ada', 'DELETE', ada), await as('ada', 'PATCH', ada, { role: 'viewer' })]) {
      expect(outcome(answer)).toEqual([409, 'last-owner']);
    }
    await accept('bob', await invite('owner'));
    const answers = await Promise.all([as('ada', 'DELETE', bob), as('bob', 'DELETE', ada)]);
    expect(answers.map(({ statusCode }) => statusCode).filter((status) => status === 200)).toHaveLength(1);
  });

  it('who are removed are shut out at once, from their WebSocket, too', async () => {
    const { as, path, invite, accept, connect, closed, ports, site } = await adasSite();
    await accept('bob', await invite('viewer'));
    await connect('bob', 'of-bob');
    await connect('ada', 'of-ada');
    expect((await as('bob', 'GET', path('/pages'))).statusCode).toBe(200);
    await as('ada', 'DELETE', path(`/members/${userOf('bob')}`));
    expect(outcome(await as('bob', 'GET', path('/pages')))).toEqual([403, 'no-member']);
    expect([...closed]).toEqual(['of-bob']);
    expect((await ports.connections.connectionsOf(site)).map(({ id }) => id)).toEqual(['of-ada']);
    expect((await as('bob', 'GET', '/v1/sites')).json.sites).toEqual([]);
  });

  it('leave by themselves, but for the last owner; it is in the log, and whoever is no member leaves nothing', async () => {
    const { as, path, invite, accept, connect, closed, site } = await adasSite();
    const leave = (who: string, which = site) => as(who, 'DELETE', `/v1/me/sites/${which}`);
    expect(outcome(await leave('bob'))).toEqual([404, 'not-there']);
    expect(outcome(await leave('ada', 'nowhere'))).toEqual([404, 'not-there']);
    expect(outcome(await leave('ada'))).toEqual([409, 'last-owner']);
    await accept('bob', await invite('viewer'));
    expect(outcome(await leave('ada'))).toEqual([409, 'last-owner']);
    await connect('bob', 'of-bob');
    await connect('ada', 'of-ada');
    expect((await leave('bob')).json).toEqual({ removed: userOf('bob') });
    expect([...closed]).toEqual(['of-bob']);
    expect(outcome(await as('bob', 'GET', path('/pages')))).toEqual([403, 'no-member']);
    expect((await as('bob', 'GET', '/v1/sites')).json.sites).toEqual([]);
    expect(outcome(await leave('bob'))).toEqual([404, 'not-there']);
    const { rows } = (await as('ada', 'GET', path('/audit-log'))).json;
    expect(rows.slice(0, 2)).toMatchObject([
      { what: 'member-left', byName: 'bob@shop.example', text: 'as viewer' },
      { what: 'invitation-accepted', byName: 'bob@shop.example', text: 'as viewer' },
    ]);
    // Of two owners who go at once one stays.
    await accept('bob', await invite('owner'));
    const answers = await Promise.all([leave('ada'), leave('bob')]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
  });

  it('sign out everywhere: are told when an open page could not be closed, and close it by trying again', async () => {
    const { as, use, connect, closed, ports } = await adasSite();
    await connect('ada', 'of-ada');
    const { disconnect } = ports.connections;
    ports.connections.disconnect = () => Promise.reject(new Error('throttled'));
    const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    expect(outcome(await as('ada', 'POST', '/v1/me/sign-out', {}))).toEqual([503, 'not-closed']);
    logged.mockRestore();
    ports.connections.disconnect = disconnect;
    use('ada', await tokenOf('ada', { issuedAt: now }));
    expect(outcome(await as('ada', 'POST', '/v1/me/sign-out', {}))).toEqual([200]);
    expect([...closed]).toEqual(['of-ada']);
  });

  it('sign out everywhere: a ticket that they bought before opens no WebSocket and no overlay', async () => {
    const { as, ask, path, ports } = await adasSite();
    const [{ id: key }] = (await as('ada', 'GET', path('/write-keys'))).json.rows;
    const bought = async () => (await as('ada', 'POST', path('/tickets'), {}, now - 1_000)).json.ticket as string;
    const overlay = async (ticket: string) =>
      outcome(
        await ask('/v1/overlay-token', {
          ...{ method: 'POST', key: '', origin: 'https://shop.example', at: now },
          body: { key, ticket },
        }),
      );
    const tickets = [await bought(), await bought(), await bought(), await bought()] as const;
    expect([await openSocket('c1', tickets[0], now, ports), await overlay(tickets[1])]).toEqual([200, [201]]);
    await as('ada', 'POST', '/v1/me/sign-out', {});
    expect([await openSocket('c2', tickets[2], now, ports), await overlay(tickets[3])]).toEqual([
      403,
      [403, 'bad-ticket'],
    ]);
  });

  it('sign out everywhere: their older tokens and overlays open nothing, and their WebSockets close', async () => {
    const { as, path, connect, closed, use, ports, site } = await adasSite();
    await connect('ada', 'of-ada');
    const by = { kind: 'user', id: userOf('ada') } as const;
    const overlay = (openedAt: number) =>
      ports.tokens.issue({ kind: 'overlay', site, until: openedAt + overlayMs, by });
    const heat = async () => outcome(await as('overlay', 'GET', path('/heatmap?path=/&device=desktop&layer=click')));
    use('overlay', await overlay(now - 1_000));
    expect(await heat()).toEqual([200]);
    expect((await as('ada', 'POST', '/v1/me/sign-out', {})).json).toEqual({ signedOutAt: now });
    expect(outcome(await as('ada', 'GET', path('/pages')))).toEqual([401, 'signed-out']);
    expect(await heat()).toEqual([401, 'overlay-over']);
    use('overlay', await overlay(now + 1_000));
    expect(await heat()).toEqual([200]);
    expect([...closed]).toEqual(['of-ada']);
    use('ada', await tokenOf('ada', { issuedAt: now }));
    expect((await as('ada', 'GET', path('/pages'))).statusCode).toBe(200);
    // What the issuer still keeps signed in elsewhere gives new tokens, of the sign-in before.
    const second = Math.floor(now / 1000);
    const later = { issuedAt: now + 10_000, claims: { auth_time: second - 1 } };
    use('ada', await tokenOf('ada', later));
    expect(outcome(await as('ada', 'GET', path('/pages'), undefined, now + 10_000))).toEqual([401, 'signed-out']);
    use('ada', await tokenOf('ada', { ...later, claims: { auth_time: second + 2 } }));
    expect((await as('ada', 'GET', path('/pages'), undefined, now + 10_000)).statusCode).toBe(200);
  });
});

describe('a WebSocket that is opened while its user signs out everywhere', () => {
  it('is not missed when the others are closed', async () => {
    const { as, path, ports, site, closed } = await adasSite();
    const { ticket } = (await as('ada', 'POST', path('/tickets'), {})).json;
    const { connect } = ports.connections;
    ports.connections.connect = async (connection, at, until) => {
      await connect(connection, at, until);
      await as('ada', 'POST', '/v1/me/sign-out', {});
    };
    await openSocket('between', ticket, now, ports);
    expect([...closed]).toEqual(['between']);
    expect(await ports.connections.connectionsOf(site)).toEqual([]);
  });
});

describe('an API key', () => {
  it('opens what its scope says until it is rotated or revoked, and tells the day of its last use', async () => {
    const { as, path, use } = await adasSite();
    const made = (await as('ada', 'POST', path('/keys'), { label: 'CI', scope: 'write' })).json;
    use('key', made.secret);
    expect((await as('key', 'PATCH', path(), { name: 'By key' })).statusCode).toBe(200);
    expect(outcome(await as('key', 'GET', path('/members')))).toEqual([403, 'owners-only']);
    const rotated = (await as('ada', 'POST', path(`/keys/${made.id}/rotate`), {})).json;
    expect(outcome(await as('key', 'GET', path('/pages')))).toEqual([401, 'unknown-key']);
    use('key', rotated.secret);
    expect((await as('key', 'GET', path('/pages'))).statusCode).toBe(200);
    const { rows } = (await as('ada', 'GET', path('/keys'))).json;
    expect(rows).toMatchObject([{ id: rotated.id, label: 'CI', lastUsedOn: '2026-11-23' }]);
    expect(JSON.stringify(rows)).not.toContain(hashSecret(rotated.secret));
    await as('ada', 'DELETE', path(`/keys/${rotated.id}`));
    expect(outcome(await as('key', 'GET', path('/pages')))).toEqual([401, 'unknown-key']);
  });
});

describe('a share link', () => {
  it('opens the dashboard to read, ends with its days, and at once when it is revoked', async () => {
    const { as, path, use, connect, closed } = await adasSite();
    const link = (await as('ada', 'POST', path('/shares'), { label: 'Board', days: 1 })).json;
    const open = (at: number) => as('', 'POST', '/v1/share-tokens', { share: link.secret }, at);
    const { token, forMs } = (await open(now)).json;
    expect(forMs).toBe(3_600_000);
    expect((await open(now + 86_400_000 - 1_000)).json.forMs).toBe(1_000);
    expect(outcome(await open(now + 86_400_000))).toEqual([403, 'bad-share']);
    use('board', token);
    await connect('board', 'of-board');
    expect((await as('board', 'GET', path('/pages'))).statusCode).toBe(200);
    expect(outcome(await as('board', 'POST', path('/markers'), { text: 'x' }))).toEqual([403, 'read-only']);
    await as('ada', 'DELETE', path(`/shares/${link.id}`));
    expect(outcome(await as('board', 'GET', path('/pages')))).toEqual([401, 'share-over']);
    expect(outcome(await open(now))).toEqual([403, 'bad-share']);
    expect([...closed]).toEqual(['of-board']);
  });

  it('with a password opens with that alone, and counts tries that fail, also many at once', async () => {
    const { as, path } = await adasSite();
    const password = 'correct horse';
    const link = (await as('ada', 'POST', path('/shares'), { label: 'Board', password })).json;
    const start = Math.ceil(now / tryWindowMs) * tryWindowMs;
    const open = (body: object, at = start) => as('', 'POST', '/v1/share-tokens', { share: link.secret, ...body }, at);
    expect(outcome(await open({}))).toEqual([403, 'password-needed']);
    expect((await open({ password })).statusCode).toBe(201);
    const tries = await Promise.all(Array.from({ length: triesMax + 2 }, () => open({ password: 'wrong-one' })));
    const codes = tries.map((answer) => outcome(answer)[1]);
    expect(codes.filter((code) => code === 'wrong-password')).toHaveLength(triesMax);
    expect(codes.filter((code) => code === 'too-many-tries')).toHaveLength(2);
    expect(outcome(await open({ password }))).toEqual([429, 'too-many-tries']);
    expect((await open({ password }, start + tryWindowMs)).statusCode).toBe(201);
  });
});

it('every change stands in the audit log, with who and when, and without a secret', async () => {
  const { as, path, invite, accept, site } = await adasSite();
  const secrets = [await invite('viewer')];
  await accept('bob', secrets[0] ?? '');
  for (const [to, body] of [
    ['/keys', { label: 'CI', scope: 'read' }],
    ['/shares', { label: 'Board' }],
  ] as const) {
    const made = (await as('ada', 'POST', path(to), body, now + 1)).json;
    secrets.push(made.secret);
    await as('ada', 'DELETE', path(`${to}/${made.id}`), undefined, now + 2);
  }
  await as('ada', 'PATCH', path(), { name: 'Store' }, now + 3);
  expect(outcome(await as('ada', 'DELETE', path(`/members/${userOf('ada')}`)))).toEqual([409, 'last-owner']);
  const { rows } = (await as('ada', 'GET', path('/audit-log?limit=50'))).json;
  expect(rows.map(({ what }: { what: string }) => what)).toEqual([
    'settings-changed',
    ...['share-removed', 'key-removed', 'share-added', 'key-added'],
    ...['invitation-accepted', 'invited', 'site-created'],
  ]);
  expect(rows[0]).toEqual({
    at: now + 3,
    by: { kind: 'user', id: userOf('ada') },
    byName: 'ada@shop.example',
    what: 'settings-changed',
    text: 'name',
  });
  const told = JSON.stringify(rows);
  for (const secret of secrets) expect(told).not.toContain(secret);
  expect(site).toMatch(/^s_/);
});
