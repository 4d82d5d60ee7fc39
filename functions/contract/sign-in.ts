/**
 * How people sign in: an OIDC issuer, found by its `/.well-known/openid-configuration`. The functions have it from their environment
 * (`OIDC_ISSUER`, `OIDC_AUDIENCE`, `OIDC_CLIENT_IDS`, `OIDC_GROUPS_CLAIM`, `SITE_CREATORS`), the dashboard from `/config.json`.
 */

/** What the functions believe of an access token. */
export interface OidcTrust {
  /** Exactly as tokens have it in `iss`. Its document names the keys (`jwks_uri`) and `userinfo_endpoint`. */
  issuer: string;
  /** One of them must be in `aud`. Empty: `aud` is not asked for (Cognito's access tokens have none), and `clientIds` must not be. */
  audiences: string[];
  /** One of them must be `client_id` (or `azp`). Empty: not asked for, and `audiences` must not be. */
  clientIds: string[];
  /** The claim that holds a user's groups: `cognito:groups` by default. */
  groupsClaim: string;
  /** Users of this group may create sites; `*`: whoever the issuer lets in; empty: nobody. */
  siteCreators: string;
}

/** What the dashboard needs in order to ask for a token: authorisation code with PKCE, as a public client. */
export interface OidcClient {
  issuer: string;
  clientId: string;
  /** `openid email` at least. */
  scopes: string[];
  /** RFC 8707, for issuers that make tokens for one API; left out: not sent. */
  resource?: string;
  /** For an issuer without `end_session_endpoint`: where the browser is sent to sign out. */
  signOutUrl?: string;
}

/** `/config.json`, as whoever serves the dashboard writes it. */
export interface DashboardConfiguration {
  apiUrl: string;
  socketUrl: string;
  /** Null: there is no issuer, and the reader gives an API key. */
  oidc: OidcClient | null;
}

/** Algorithms of signatures that are believed: none with a secret in common, and never `none`. */
export const signatureAlgorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
];
