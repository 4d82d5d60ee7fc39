/** Tells who a bearer of an access token is. Everything in a token is somebody's claim until its signature has been verified. */
import { errors, type JWTPayload, jwtVerify } from 'jose';
import { type OidcTrust, signatureAlgorithms } from '../contract/sign-in.ts';
import { type FetchJson, IssuerUnreachable, openIssuer } from './issuer.ts';
import { userIdOf } from './user-id.ts';

export interface SignedIn {
  /** `userIdOf(issuer, sub)`. */
  id: string;
  /**
   * When they proved who they are, or, where the token does not tell, when it was issued: ms since the epoch, of a whole second.
   * However often Cognito refreshes a token, it tells the first:
   * https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html
   */
  provedAt: number;
  groups: string[];
  /** Verified, and in lower case; null: the token does not tell. */
  email: string | null;
}

export interface SignIn {
  /** @throws TokenRefusal, IssuerUnreachable. */
  verify(token: string, now: number): Promise<SignedIn>;
  /** The user's verified address, asked of the issuer where the token does not tell it; null: nobody tells. */
  emailOf(token: string, user: SignedIn, now: number): Promise<string | null>;
  /** Whether such a user may create sites. */
  mayCreateSites(user: SignedIn): boolean;
}

/** `message` says what is wrong with the token, and nothing of what is in it. */
export class TokenRefusal extends Error {
  readonly code: 'token-over' | 'bad-token';
  constructor(code: TokenRefusal['code'], message: string) {
    super(message);
    this.name = 'TokenRefusal';
    this.code = code;
  }
}

/** Clocks of issuers and ours differ. */
const leewaySeconds = 30;
export const tokenLengthMax = 8_192;
const groupsMax = 100;
const emailLengthMax = 254;

/** @throws Error when the trust names nothing by which a token could be told to be for us. */
export function makeSignIn(trust: OidcTrust, fetchJson: FetchJson): SignIn {
  if (trust.audiences.length === 0 && trust.clientIds.length === 0) {
    throw new Error(
      'name the audience or the client ids of access tokens (OIDC_AUDIENCE, OIDC_CLIENT_IDS): without either, a token for anybody would open this',
    );
  }
  const issuer = openIssuer(trust.issuer, fetchJson);

  async function verify(token: string, now: number): Promise<SignedIn> {
    const claims = await verifiedClaims(token, now);
    assertForUs(claims, trust);
    const { sub, iat } = claims;
    if (!sub || iat === undefined)
      throw new TokenRefusal('bad-token', 'the token does not say whose it is, or since when');
    const groups = claims[trust.groupsClaim];
    return {
      id: userIdOf(trust.issuer, sub),
      provedAt: Math.min(iat, secondsIn(claims.auth_time) ?? iat) * 1000,
      groups: Array.isArray(groups) ? groups.filter((group) => typeof group === 'string').slice(0, groupsMax) : [],
      email: emailIn(claims),
    };
  }
  async function verifiedClaims(token: string, now: number): Promise<JWTPayload> {
    try {
      const { payload } = await jwtVerify(token, (header, jws) => issuer.key(header, jws, now), {
        issuer: trust.issuer,
        ...(trust.audiences.length > 0 && { audience: trust.audiences }),
        algorithms: [...signatureAlgorithms],
        clockTolerance: leewaySeconds,
        currentDate: new Date(now),
        requiredClaims: ['exp', 'iat', 'sub'],
      });
      return payload;
    } catch (error) {
      if (error instanceof errors.JWTExpired)
        throw new TokenRefusal('token-over', 'this access token is over: get another');
      if (error instanceof errors.JOSEError)
        throw new TokenRefusal('bad-token', `this access token is not accepted (${error.code})`);
      throw error;
    }
  }

  return {
    verify,
    async emailOf(token, user, now) {
      if (user.email !== null) return user.email;
      const endpoint = await issuer.userinfoEndpoint(now);
      if (endpoint === null) return null;
      const told = await fetchJson(endpoint, { authorization: `Bearer ${token}` }).catch((error) => {
        throw new IssuerUnreachable(trust.issuer, error);
      });
      const claims = (typeof told === 'object' && told !== null ? told : {}) as Record<string, unknown>;
      // An issuer's answer is about the token's subject, or about nobody (OpenID Connect Core 1.0, 5.3.2).
      const isTheirs = typeof claims.sub === 'string' && userIdOf(trust.issuer, claims.sub) === user.id;
      return isTheirs ? emailIn(claims) : null;
    },
    mayCreateSites: ({ groups }) =>
      trust.siteCreators === '*' || (trust.siteCreators !== '' && groups.includes(trust.siteCreators)),
  };
}

/** An ID token is for the client, not for an API; and a token for another client of the issuer is not for us. */
function assertForUs(claims: JWTPayload, { clientIds }: OidcTrust): void {
  const use = claims.token_use;
  if ((use !== undefined && use !== 'access') || claims.nonce !== undefined || claims.at_hash !== undefined) {
    throw new TokenRefusal('bad-token', 'this is no access token');
  }
  const client = claims.client_id ?? claims.azp;
  if (clientIds.length > 0 && (typeof client !== 'string' || !clientIds.includes(client))) {
    throw new TokenRefusal('bad-token', 'this access token is for another application');
  }
}

function secondsIn(claim: unknown): number | null {
  return typeof claim === 'number' && Number.isFinite(claim) ? Math.floor(claim) : null;
}

/** Cognito says `email_verified` as a text. */
function emailIn({ email, email_verified: verified }: Record<string, unknown>): string | null {
  const isVerified = verified === true || verified === 'true';
  return isVerified && typeof email === 'string' && email.length <= emailLengthMax ? email.toLowerCase() : null;
}
