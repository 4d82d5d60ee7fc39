import { describe, expect, it } from 'vitest';
import {
  fetchEveryMs,
  IssuerUnreachable,
  keysKeptMs,
  keysKeptUnreachableMs,
} from '../../../functions/identity/issuer.ts';
import { isPassword, sealPassword } from '../../../functions/identity/share-password.ts';
import { makeSignIn, TokenRefusal } from '../../../functions/identity/sign-in.ts';
import { now } from '../query/demo-api.ts';
import { fakeIssuer, forgedTokens, issuer, testSignIn, tokenOf, userOf } from '../query/people.ts';

const forged = await forgedTokens('ada');

describe('an access token', () => {
  it('tells who somebody is, for as long as it lasts and the clocks differ by half a minute at most', async () => {
    const signIn = testSignIn();
    const token = await tokenOf('ada', { claims: { 'cognito:groups': ['owners'] } });
    const user = await signIn.verify(token, now);
    expect(user).toEqual({ id: userOf('ada'), provedAt: now - 60_000, groups: ['owners'], email: 'ada@shop.example' });
    expect(userOf('ada')).not.toBe(userOf('bob'));
    const end = now - 60_000 + 3_600_000;
    await expect(signIn.verify(token, end + 29_000)).resolves.toEqual(user);
    await expect(signIn.verify(token, end + 31_000)).rejects.toMatchObject({ code: 'token-over' });
  });

  it.each([
    ['when its user signed in, however new it is itself', Math.floor(now / 1000) - 9_000, now - 9_000_000],
    ['nothing that is later than itself', Math.floor(now / 1000) + 5, now - 60_000],
    ['its own time where it does not say', undefined, now - 60_000],
    ['its own time where it says no time', '1', now - 60_000],
  ])('tells %s', async (_what, authTime, provedAt) => {
    const token = await tokenOf('ada', { claims: { auth_time: authTime } });
    expect(await testSignIn().verify(token, now)).toMatchObject({ provedAt });
  });

  it.each(Object.entries(forged))('is refused: %s', async (_what, token) => {
    await expect(testSignIn().verify(token, now)).rejects.toThrow(TokenRefusal);
  });

  it('lets make sites whom the configuration names, and nobody by default of it', async () => {
    const user = { id: 'u', provedAt: 0, groups: ['owners'], email: null };
    const may = (siteCreators: string, groups = ['owners']) =>
      testSignIn(undefined, siteCreators).mayCreateSites({ ...user, groups });
    expect([may('owners'), may('owners', []), may('*', []), may(''), may('', [''])]).toEqual([
      true,
      false,
      true,
      false,
      false,
    ]);
  });

  it('must be for something that is named', () => {
    const trust = { issuer, audiences: [], clientIds: [], groupsClaim: 'groups', siteCreators: '*' };
    expect(() => makeSignIn(trust, async () => ({}))).toThrow('OIDC_CLIENT_IDS');
  });

  it('gives a verified address, or the issuer does, of this very user', async () => {
    const { fetchJson, documents } = fakeIssuer();
    const signIn = testSignIn(fetchJson);
    const bare = { email: undefined, email_verified: undefined };
    const addressOf = async (sub: string, claims: object) => {
      const token = await tokenOf(sub, { claims: claims as Record<string, unknown> });
      return signIn.emailOf(token, await signIn.verify(token, now), now);
    };
    expect(await addressOf('ada', {})).toBe('ada@shop.example');
    expect(await addressOf('bare', bare)).toBe('bare@shop.example');
    expect(await addressOf('somebody else', bare)).toBeNull();
    documents[`${issuer}/userinfo`] = { sub: 'bare', email: 'bare@shop.example', email_verified: false };
    expect(await addressOf('bare', bare)).toBeNull();
    delete documents[`${issuer}/userinfo`];
    await expect(addressOf('bare', bare)).rejects.toThrow(IssuerUnreachable);
  });
});

describe('the issuer’s keys', () => {
  it('are fetched once for all, and a flood of made-up keys fetches them no oftener than each half minute', async () => {
    const { fetched, fetchJson } = fakeIssuer();
    const signIn = testSignIn(fetchJson);
    const good = await tokenOf('ada');
    const made = forged['an unknown key'] ?? '';
    const flood = (at: number) => Promise.allSettled(Array.from({ length: 200 }, () => signIn.verify(made, at)));
    await Promise.all([signIn.verify(good, now), signIn.verify(good, now)]);
    expect(fetched).toHaveLength(2);
    expect((await flood(now)).every(({ status }) => status === 'rejected')).toBe(true);
    expect(fetched).toHaveLength(2);
    await flood(now + fetchEveryMs);
    expect(fetched).toHaveLength(4);
  });

  it('are asked for again when they are old, and hold while the issuer is away, but not for ever', async () => {
    const { documents, fetched, fetchJson } = fakeIssuer();
    const signIn = testSignIn(fetchJson);
    const token = (at: number) => tokenOf('ada', { issuedAt: at });
    await signIn.verify(await token(now), now);
    delete documents[`${issuer}/jwks`];
    const later = now + keysKeptMs + 1;
    await expect(signIn.verify(await token(later), later)).resolves.toMatchObject({ id: userOf('ada') });
    expect(fetched.length).toBeGreaterThan(2);
    const muchLater = now + keysKeptUnreachableMs + 1;
    await expect(signIn.verify(await token(muchLater), muchLater)).rejects.toThrow(IssuerUnreachable);
  });

  it.each([
    ['another issuer’s document', { issuer: 'https://evil.example', jwks_uri: `${issuer}/jwks` }],
    ['keys without TLS', { issuer, jwks_uri: 'http://id.example/jwks' }],
    ['no keys', { issuer }],
  ])('are not taken from %s', async (_what, document) => {
    const { documents, fetchJson } = fakeIssuer();
    documents[`${issuer}/.well-known/openid-configuration`] = document;
    await expect(testSignIn(fetchJson).verify(await tokenOf('ada'), now)).rejects.toThrow(IssuerUnreachable);
  });
});

describe('a share link’s password', () => {
  it('is known again, however it was typed, and can not be read out of what is stored', async () => {
    const salt = new Uint8Array(16).fill(7);
    const sealed = await sealPassword('Zürich 8000!', salt);
    expect(sealed).toMatch(/^scrypt\$15\$8\$1\$/);
    expect(sealed).not.toContain('rich');
    expect(await isPassword('Zu\u0308rich 8000!', sealed)).toBe(true);
    expect(await isPassword('zürich 8000!', sealed)).toBe(false);
    expect(
      await sealPassword(
        'Zürich 8000!',
        salt.map((byte) => byte + 1),
      ),
    ).not.toBe(sealed);
  });
});
