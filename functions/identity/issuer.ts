/** The OIDC issuer's own documents, fetched as seldom as can be: where its keys are, and the keys. */
import {
  type CryptoKey,
  createLocalJWKSet,
  type FlattenedJWSInput,
  type JSONWebKeySet,
  type JWSHeaderParameters,
} from 'jose';
import { JWKSNoMatchingKey } from 'jose/errors';

/** Of `fetch`, what is used of it. */
export type FetchJson = (url: string, headers: Record<string, string>) => Promise<unknown>;

/** Keys are fetched again after this long, as an issuer changes them. */
export const keysKeptMs = 600_000;
/** While the issuer does not answer, older keys do, for this long. */
export const keysKeptUnreachableMs = 6 * 3_600_000;
/** Between two fetches, whatever kids are asked for and whether the last one failed: a flood of made-up tokens costs the issuer no more. */
export const fetchEveryMs = 30_000;
const keysMax = 50;

export interface Issuer {
  /** The key that a token's header names. @throws IssuerUnreachable, or jose's `JWKSNoMatchingKey`. */
  key(header: JWSHeaderParameters, token: FlattenedJWSInput, now: number): Promise<CryptoKey>;
  /** Null: the issuer has none. @throws IssuerUnreachable. */
  userinfoEndpoint(now: number): Promise<string | null>;
}

/** Nothing can be said about a token now: neither that it is good nor that it is not. */
export class IssuerUnreachable extends Error {
  constructor(issuer: string, cause: unknown) {
    super(`the OIDC issuer ${issuer} could not be asked for its keys`, { cause });
    this.name = 'IssuerUnreachable';
  }
}

interface Documents {
  keys: ReturnType<typeof createLocalJWKSet>;
  userinfoEndpoint: string | null;
  readAt: number;
}

export function openIssuer(issuer: string, fetchJson: FetchJson): Issuer {
  let known: Documents | null = null;
  let triedAt = Number.NEGATIVE_INFINITY;
  let failure: unknown = new Error('it was not asked yet');
  let underWay: Promise<void> | null = null;

  /** One fetch at a time, and none within `fetchEveryMs` of the last. */
  async function refresh(now: number): Promise<void> {
    if (underWay) return underWay;
    if (now - triedAt < fetchEveryMs) return;
    triedAt = now;
    underWay = readDocuments(issuer, fetchJson, now).then(
      (read) => {
        known = read;
      },
      (error) => {
        failure = error;
      },
    );
    await underWay.finally(() => {
      underWay = null;
    });
  }
  async function documents(now: number): Promise<Documents> {
    if (!known || now - known.readAt > keysKeptMs) await refresh(now);
    if (!known || now - known.readAt > keysKeptUnreachableMs) throw new IssuerUnreachable(issuer, failure);
    return known;
  }

  return {
    async key(header, token, now) {
      const first = await documents(now);
      try {
        return await first.keys(header, token);
      } catch (error) {
        if (!(error instanceof JWKSNoMatchingKey)) throw error;
        // It may be a new one.
        await refresh(now);
        return (await documents(now)).keys(header, token);
      }
    },
    userinfoEndpoint: async (now) => (await documents(now)).userinfoEndpoint,
  };
}

async function readDocuments(issuer: string, fetchJson: FetchJson, now: number): Promise<Documents> {
  const found = (await fetchJson(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, {})) as {
    issuer?: unknown;
    jwks_uri?: unknown;
    userinfo_endpoint?: unknown;
  };
  if (found.issuer !== issuer) throw new Error(`its document is of the issuer ${JSON.stringify(found.issuer)}`);
  const keys = (await fetchJson(endpointOf(found.jwks_uri, 'jwks_uri'), {})) as JSONWebKeySet;
  if (!Array.isArray(keys.keys) || keys.keys.length > keysMax)
    throw new Error(`it has no list of at most ${keysMax} keys`);
  const userinfo = found.userinfo_endpoint;
  return {
    keys: createLocalJWKSet(keys),
    userinfoEndpoint: userinfo === undefined ? null : endpointOf(userinfo, 'userinfo_endpoint'),
    readAt: now,
  };
}

/** Without TLS only on this very machine: there is nobody in between there. */
function endpointOf(value: unknown, name: string): string {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : null;
  const isOwn = url?.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (!url || (url.protocol !== 'https:' && !isOwn))
    throw new Error(`its ${name} is ${JSON.stringify(value)}, not https`);
  return url.href;
}
