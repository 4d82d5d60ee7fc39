import type { Account, Configuration, JWK, KoaContextWithOIDC } from 'oidc-provider';
import type { IssuerKeys } from './issuer-keys.ts';
import type { IssuerRecords } from './issuer-records.ts';
import { type LocalPerson, localClientId, localOwner, localPeople } from './local-people.ts';
import { faultPage, leavingPage } from './login-page.ts';

const minuteS = 60;
const dayS = 86_400;

export interface ProviderParts {
  /** Such as `http://localhost:8080/oidc`. */
  issuer: string;
  /** Where the dashboard is opened: the addresses that may be returned to. */
  dashboards: readonly string[];
  keys: IssuerKeys;
  records: IssuerRecords;
}

/** What an access token of the dashboard may do is the functions' affair: one audience, and Cognito's names for its claims. */
export function providerSettings({ issuer, dashboards, keys, records }: ProviderParts): Configuration {
  const { port } = new URL(issuer);
  // A browser keeps cookies by host, whatever the port: another SitePulse beside this one has its own.
  const cookie = (name: string) => `sitepulse_${name}_${port}`;
  const left = cookie('left');
  const cookiesEverywhere = { httpOnly: true, sameSite: 'lax', path: new URL(issuer).pathname } as const;
  const resource = `${issuer}/api`;
  const scopes = 'openid profile email offline_access';
  return {
    adapter: (model: string) => records.adapter(model),
    clients: [
      {
        client_id: localClientId,
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        redirect_uris: [...dashboards],
        post_logout_redirect_uris: [...dashboards],
      },
    ],
    jwks: { keys: [keys.jwk as JWK] },
    cookies: {
      keys: [keys.cookieSecret],
      names: { session: cookie('session'), interaction: cookie('interaction'), resume: cookie('resume') },
      long: cookiesEverywhere,
      short: { httpOnly: true, sameSite: 'lax' },
    },
    scopes: scopes.split(' '),
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    responseTypes: ['code'],
    clientBasedCORS: (_ctx, origin) => dashboards.some((dashboard) => new URL(dashboard).origin === origin),
    findAccount: async (_ctx, id) => accountOf(id),
    // Nobody is asked to consent to their own machine.
    loadExistingGrant: (ctx) => grantOf(ctx, resource, scopes),
    issueRefreshToken: async () => true,
    extraTokenClaims: (ctx, token) => ('accountId' in token ? tokenClaims(token.accountId, authTimeOf(ctx)) : {}),
    // Asked with every request to sign in, before the account is looked for: the place where a host may act on the session.
    extraParams: { ui_locales: (ctx: KoaContextWithOIDC) => welcomeOwner(ctx, left) },
    interactions: { url: (_ctx, { uid }) => `${new URL(issuer).pathname}/interaction/${uid}` },
    renderError(ctx, { error, error_description }) {
      ctx.type = 'html';
      ctx.body = faultPage(error_description ?? error);
    },
    ttl: {
      AccessToken: 15 * minuteS,
      IdToken: 15 * minuteS,
      AuthorizationCode: minuteS,
      Interaction: 60 * minuteS,
      Session: 30 * dayS,
      Grant: 30 * dayS,
      RefreshToken: 30 * dayS,
    },
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      revocation: { enabled: true, allowedPolicy: async (_ctx, client, token) => token.clientId === client.clientId },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource(ctx, form) {
          ctx.cookies.set(left, '1', { ...cookiesEverywhere, maxAge: 365 * dayS * 1_000, overwrite: true });
          ctx.body = leavingPage(form, ctx.oidc.entities.IdTokenHint !== undefined);
        },
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => resource,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: scopes,
          audience: localClientId,
          accessTokenTTL: 15 * minuteS,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
  };
}

function personOf(id: string | undefined): LocalPerson | undefined {
  return localPeople.find((person) => person.id === id);
}

function accountOf(id: string): Account | undefined {
  const person = personOf(id);
  if (!person) return undefined;
  const { email, name } = person;
  return { accountId: id, claims: () => ({ sub: id, email, email_verified: true, name }) };
}

/** Seconds: of the sign-in that a token comes of, however often it was refreshed since. */
function authTimeOf(ctx: KoaContextWithOIDC): number | undefined {
  const { AuthorizationCode, RefreshToken } = ctx.oidc.entities;
  return RefreshToken?.authTime ?? AuthorizationCode?.authTime;
}

/** Named as Cognito names them, beside what every issuer gives. */
function tokenClaims(id: string | undefined, authTime: number | undefined) {
  const person = personOf(id);
  if (!person) return {};
  const { email, name, groups } = person;
  const of = { email, email_verified: true, name, username: person.id, auth_time: authTime };
  return { ...of, token_use: 'access', 'cognito:groups': [...groups] };
}

async function grantOf(ctx: KoaContextWithOIDC, resource: string, scopes: string) {
  const { client, session, account, provider } = ctx.oidc;
  if (!client || !session || !account) return undefined;
  const granted = session.grantIdFor(client.clientId);
  const found = granted ? await provider.Grant.find(granted) : undefined;
  if (found?.accountId === account.accountId) return found;
  const grant = new provider.Grant({ accountId: account.accountId, clientId: client.clientId });
  grant.addOIDCScope(scopes);
  grant.addResourceScope(resource, scopes);
  await grant.save();
  return grant;
}

/** Whoever can open the dashboard of this machine is its owner, until somebody signs out: then they are asked who they are. */
function welcomeOwner(ctx: KoaContextWithOIDC, left: string): void {
  const { session } = ctx.oidc;
  if (session && !session.accountId && !ctx.cookies.get(left)) session.loginAccount({ accountId: localOwner.id });
}
