/**
 * The conversation with the OIDC issuer: authorisation code with PKCE, refresh, revocation and sign-out. Loaded only when there is
 * something to say, since a tab that is signed in needs nothing of it for a quarter of an hour.
 */
import * as oauth from 'oauth4webapi';
import type { OidcClient } from '../../functions/contract/sign-in.ts';
import { SignInFault } from './sign-in-fault.ts';

/** What a sign-in gave, as this tab keeps it. */
export interface Tokens {
  access: string;
  /** Null: the issuer gives none, and the next sign-in is a redirect. */
  refresh: string | null;
  /** Tells the issuer who signs out. */
  id: string;
  /** Who it is, as the issuer says: an address or a name. */
  who: string;
  /** By this computer's clock, ms since the epoch: the access token ends then. */
  endsAt: number;
}

/** `none`: the issuer may ask nobody anything. `login`: it must ask who it is, whoever it knows. Null: as it sees fit. */
export type Prompt = 'none' | 'login' | null;

/** A question to the issuer that this tab waits for an answer to: kept in the tab, never sent. */
export interface PendingSignIn {
  state: string;
  nonce: string;
  verifier: string;
  redirectUri: string;
  prompt: Prompt;
  /** Query and hash to come back to. */
  returnTo: string;
  /** What the issuer has said of itself: whoever comes back need not ask again. */
  server?: IssuerFacts;
}

/** The issuer's discovery document. */
export type IssuerFacts = oauth.AuthorizationServer;

export interface OidcParts {
  client: OidcClient;
  /** Asked for where it is not known. */
  server?: IssuerFacts | undefined;
  /** Ms since the epoch. */
  now(): number;
}

/** Clocks may be so far apart before a token's times are doubted. */
const clockToleranceS = 300;
/** An issuer that says no lifetime is taken to mean this. */
const usualLifetimeS = 300;
/** A request to the issuer is given up after this. */
const patienceMs = 15_000;

export interface Oidc {
  /** Where to send the browser, and what to keep until it is back. */
  begin(wanted: {
    redirectUri: string;
    prompt: Prompt;
    returnTo: string;
  }): Promise<{ url: URL; pending: PendingSignIn }>;
  /** @param returned the address that the issuer sent the browser back to */
  finish(returned: URL, pending: PendingSignIn): Promise<Tokens>;
  refresh(tokens: Tokens): Promise<Tokens>;
  /** Ends the refresh token, where the issuer can, and tells where to send the browser to end the issuer's session; null: nowhere. */
  leave(tokens: Tokens, returnTo: string): Promise<URL | null>;
}

/** Every call throws a `SignInFault` when it does not give what it should. */
export async function openOidc({ client: facts, server: known, now }: OidcParts): Promise<Oidc> {
  const issuer = new URL(facts.issuer);
  const client: oauth.Client = { client_id: facts.clientId, [oauth.clockTolerance]: clockToleranceS };
  const options = {
    // A laptop's own issuer speaks plain HTTP; nobody else's may.
    [oauth.allowInsecureRequests]: isLoopback(issuer),
    signal: () => AbortSignal.timeout(patienceMs),
  };
  const none = oauth.None();
  const named = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw faultOf(error, issuer);
    }
  };
  const server =
    known ??
    (await named(async () =>
      oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, { algorithm: 'oidc', ...options })),
    ));
  const tokensOf = (answer: oauth.TokenEndpointResponse, before?: Tokens): Tokens => {
    const claims = oauth.getValidatedIdTokenClaims(answer);
    const who = claims?.email ?? claims?.name ?? claims?.sub;
    return {
      access: answer.access_token,
      refresh: answer.refresh_token ?? before?.refresh ?? null,
      id: answer.id_token ?? before?.id ?? '',
      who: typeof who === 'string' ? who : (before?.who ?? ''),
      endsAt: now() + (answer.expires_in ?? usualLifetimeS) * 1_000,
    };
  };

  return {
    begin: (wanted) =>
      named(async () => {
        const pending: PendingSignIn = {
          ...wanted,
          state: oauth.generateRandomState(),
          nonce: oauth.generateRandomNonce(),
          verifier: oauth.generateRandomCodeVerifier(),
          server,
        };
        const url = new URL(server.authorization_endpoint ?? '');
        const asked = {
          client_id: facts.clientId,
          redirect_uri: wanted.redirectUri,
          response_type: 'code',
          scope: facts.scopes.join(' '),
          state: pending.state,
          nonce: pending.nonce,
          code_challenge: await oauth.calculatePKCECodeChallenge(pending.verifier),
          code_challenge_method: 'S256',
          ...(facts.resource ? { resource: facts.resource } : {}),
          ...(wanted.prompt ? { prompt: wanted.prompt } : {}),
        };
        for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
        return { url, pending };
      }),
    finish: (returned, { state, nonce, verifier, redirectUri }) =>
      named(async () => {
        const code = oauth.validateAuthResponse(server, client, returned, state);
        const answer = await oauth.authorizationCodeGrantRequest(
          server,
          client,
          none,
          code,
          redirectUri,
          verifier,
          options,
        );
        const expected = { expectedNonce: nonce, requireIdToken: true };
        return tokensOf(await oauth.processAuthorizationCodeResponse(server, client, answer, expected));
      }),
    refresh: (tokens) =>
      named(async () => {
        if (tokens.refresh === null) throw new SignInFault('over', 'Your sign-in has ended.');
        const answer = await oauth.refreshTokenGrantRequest(server, client, none, tokens.refresh, options);
        return tokensOf(await oauth.processRefreshTokenResponse(server, client, answer), tokens);
      }),
    leave: (tokens, returnTo) =>
      named(async () => {
        if (server.revocation_endpoint && tokens.refresh) {
          const hint = { additionalParameters: { token_type_hint: 'refresh_token' }, ...options };
          await oauth.processRevocationResponse(
            await oauth.revocationRequest(server, client, none, tokens.refresh, hint),
          );
        }
        const to = server.end_session_endpoint ?? facts.signOutUrl;
        if (!to) return null;
        const url = new URL(to);
        // Cognito's own name for the address to return to is `logout_uri`:
        // https://docs.aws.amazon.com/cognito/latest/developerguide/logout-endpoint.html
        const told = {
          id_token_hint: tokens.id,
          client_id: facts.clientId,
          post_logout_redirect_uri: returnTo,
          logout_uri: returnTo,
        };
        for (const [name, value] of Object.entries(told)) url.searchParams.set(name, value);
        return url;
      }),
  };
}

function isLoopback({ hostname }: URL): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname);
}

/** Errors of the library, said so that a reader knows what to do. */
function faultOf(error: unknown, issuer: URL): SignInFault {
  if (error instanceof SignInFault) return error;
  if (error instanceof oauth.AuthorizationResponseError) {
    return new SignInFault('refused', refusalText(error.error, error.error_description));
  }
  if (error instanceof oauth.ResponseBodyError) {
    if (error.error === 'invalid_grant') return new SignInFault('over', 'Your sign-in has ended.');
    return new SignInFault('refused', refusalText(error.error, error.error_description));
  }
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === oauth.JWT_TIMESTAMP_CHECK) {
    return new SignInFault(
      'clock',
      `This computer's clock and the clock of ${issuer.host} are more than ${clockToleranceS / 60} minutes apart: set this one, and sign in again.`,
    );
  }
  if (code === oauth.INVALID_RESPONSE || code === oauth.JWT_CLAIM_COMPARISON) {
    return new SignInFault('mismatch', `${issuer.host} answered another question than was asked: sign in again.`);
  }
  return new SignInFault(
    'unreachable',
    `The sign-in service at ${issuer.host} gave no usable answer (${error instanceof Error ? error.message : error}).`,
  );
}

function refusalText(code: string, description: string | undefined): string {
  return `The sign-in service refused: ${description ?? code}.`;
}
