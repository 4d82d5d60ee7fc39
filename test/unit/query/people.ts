/** People who sign in, at an issuer of this test's own: its keys are real, and so is every token, the forged ones too. */
import { type CryptoKey, exportJWK, exportSPKI, generateKeyPair, SignJWT } from 'jose';
import type { FetchJson } from '../../../functions/identity/issuer.ts';
import { makeSignIn, type SignIn } from '../../../functions/identity/sign-in.ts';
import { userIdOf } from '../../../functions/identity/user-id.ts';
import { now } from './demo-api.ts';

export const issuer = 'https://id.example';
const clientId = 'dashboard';
const kid = 'key-1';
const own = await generateKeyPair('ES256', { extractable: true });
const foreign = await generateKeyPair('ES256');
const jwk = { ...(await exportJWK(own.publicKey)), kid, alg: 'ES256', use: 'sig' };
const publicText = await exportSPKI(own.publicKey);

/** Counts what is fetched of the issuer. */
export function fakeIssuer() {
  const fetched: string[] = [];
  const documents: Record<string, unknown> = {
    [`${issuer}/.well-known/openid-configuration`]: {
      issuer,
      jwks_uri: `${issuer}/jwks`,
      userinfo_endpoint: `${issuer}/userinfo`,
    },
    [`${issuer}/jwks`]: { keys: [jwk] },
    [`${issuer}/userinfo`]: { sub: 'bare', email: 'Bare@Shop.example', email_verified: 'true' },
  };
  const fetchJson: FetchJson = async (url) => {
    fetched.push(url);
    if (!(url in documents)) throw new Error(`nothing at ${url}`);
    return documents[url];
  };
  return { fetched, documents, fetchJson };
}

export function testSignIn(fetchJson: FetchJson = fakeIssuer().fetchJson, siteCreators = 'owners'): SignIn {
  const trust = { issuer, audiences: [], clientIds: [clientId], groupsClaim: 'cognito:groups', siteCreators };
  return makeSignIn(trust, fetchJson);
}

export const userOf = (sub: string) => userIdOf(issuer, sub);

interface Token {
  sub?: string;
  claims?: Record<string, unknown>;
  /** ms since the epoch. */
  issuedAt?: number;
  minutes?: number;
  key?: CryptoKey | Uint8Array;
  header?: { alg?: string; kid?: string };
}

/** An access token as Cognito makes them, but for what is asked otherwise. */
export async function tokenOf(sub: string, token: Omit<Token, 'sub'> = {}): Promise<string> {
  const { claims = {}, issuedAt = now - 60_000, minutes = 60, key = own.privateKey, header = {} } = token;
  const at = Math.floor(issuedAt / 1000);
  const common = { iss: issuer, sub, client_id: clientId, token_use: 'access', iat: at, exp: at + minutes * 60 };
  const mail = { email: `${sub}@shop.example`, email_verified: true };
  return new SignJWT({ ...common, ...mail, ...claims }).setProtectedHeader({ alg: 'ES256', kid, ...header }).sign(key);
}

const text = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const partsOf = (token: string) => token.split('.') as [string, string, string];

/** Tokens of a member of the site that must open nothing, by what is wrong with them. */
export async function forgedTokens(sub: string): Promise<Record<string, string>> {
  const good = await tokenOf(sub);
  const [, payload, signature] = partsOf(good);
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
  return {
    expired: await tokenOf(sub, { issuedAt: now - 7_200_000 }),
    'not valid yet': await tokenOf(sub, { claims: { nbf: Math.floor(now / 1000) + 600 } }),
    'alg none': `${text({ alg: 'none' })}.${payload}.`,
    'alg none, with a signature': `${text({ alg: 'none', kid })}.${payload}.${signature}`,
    'alg HS256 with the public key': await tokenOf(sub, {
      key: new TextEncoder().encode(publicText),
      header: { alg: 'HS256' },
    }),
    'another issuer': await tokenOf(sub, { claims: { iss: 'https://id.evil.example' } }),
    'another client': await tokenOf(sub, { claims: { client_id: 'another' } }),
    'no client': await tokenOf(sub, { claims: { client_id: undefined } }),
    'an ID token': await tokenOf(sub, { claims: { token_use: 'id', aud: clientId } }),
    'an ID token that does not say so': await tokenOf(sub, { claims: { token_use: undefined, nonce: 'n' } }),
    'another key under the same id': await tokenOf(sub, { key: foreign.privateKey }),
    'an unknown key': await tokenOf(sub, { key: foreign.privateKey, header: { kid: 'key-2' } }),
    'another’s claims': good.replace(payload, text({ ...claims, sub: 'owner' })),
    'no end': await tokenOf(sub, { claims: { exp: undefined } }),
    'nobody’s': await tokenOf(sub, { claims: { sub: undefined } }),
  };
}
