import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as oauth from 'oauth4webapi';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { type Issuer, localIssuer } from '../../../localstack/embedded/issuer/issuer.ts';
import { localClientId, localOwner, localViewer } from '../../../localstack/embedded/issuer/local-people.ts';
import { type Door, takePort } from '../../../localstack/embedded/listen.ts';

const folder = mkdtempSync(join(tmpdir(), 'issuer-'));
const client = { client_id: localClientId };
const insecure = { [oauth.allowInsecureRequests]: true } as const;

/** An issuer on a port, and a browser that keeps cookies and is led by redirects. */
interface Stage {
  base: string;
  server: oauth.AuthorizationServer;
  open(url: string, init?: RequestInit): Promise<Response>;
  end(): Promise<void>;
}
const stages: Stage[] = [];
const doors: Door[] = [];
afterEach(async () => {
  for (const stage of stages.splice(0)) await stage.end();
  for (const door of doors.splice(0)) await door.close();
});
afterAll(() => rmSync(folder, { recursive: true }));

async function stageOn(door: Door, state: string): Promise<Stage> {
  const base = `http://localhost:${door.port}`;
  const issuer: Issuer = localIssuer(`${base}/oidc`, [`${base}/`], join(folder, state));
  door.open(issuer.handle);
  const jar = new Map<string, string>();
  const found = await fetch(`${base}/oidc/.well-known/openid-configuration`);
  const stage: Stage = {
    base,
    server: await oauth.processDiscoveryResponse(new URL(`${base}/oidc`), found),
    async open(url, init = {}) {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
      const response = await fetch(url, { ...init, redirect: 'manual', headers: { cookie, ...init.headers } });
      for (const line of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        if (value) jar.set(name, value);
        else jar.delete(name);
      }
      return response;
    },
    end: () => issuer.close(),
  };
  stages.push(stage);
  return stage;
}
async function newDoor(): Promise<Door> {
  const door = await takePort(0, 'test');
  doors.push(door);
  return door;
}
const newStage = async (state: string) => stageOn(await newDoor(), state);

const verifier = oauth.generateRandomCodeVerifier();

async function askFor({ base, server, open }: Stage, given: Record<string, string> = {}): Promise<URL> {
  const url = new URL(server.authorization_endpoint ?? '');
  url.search = String(
    new URLSearchParams({
      client_id: localClientId,
      redirect_uri: `${base}/`,
      response_type: 'code',
      scope: 'openid profile email',
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state: 'a-state',
      nonce: 'a-nonce',
      ...given,
    }),
  );
  const { headers } = await open(url.href);
  return new URL(headers.get('location') ?? 'about:blank', base);
}

async function tokensFor({ base, server }: Stage, returned: URL): Promise<oauth.TokenEndpointResponse> {
  const parameters = oauth.validateAuthResponse(server, client, returned, 'a-state');
  const given = await oauth.authorizationCodeGrantRequest(
    server,
    client,
    oauth.None(),
    parameters,
    `${base}/`,
    verifier,
    insecure,
  );
  return oauth.processAuthorizationCodeResponse(server, client, given, { expectedNonce: 'a-nonce' });
}

async function refresh({ server }: Stage, token: string | undefined): Promise<oauth.TokenEndpointResponse> {
  const given = await oauth.refreshTokenGrantRequest(server, client, oauth.None(), token ?? '', insecure);
  return oauth.processRefreshTokenResponse(server, client, given);
}

const claimsOf = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as object;

async function signOut(stage: Stage, idToken: string): Promise<Response> {
  const url = new URL(stage.server.end_session_endpoint ?? '');
  url.search = String(new URLSearchParams({ id_token_hint: idToken, post_logout_redirect_uri: `${stage.base}/` }));
  const asked = await (await stage.open(url.href)).text();
  const [, action = ''] = /action="([^"]+)"/.exec(asked) ?? [];
  const [, xsrf = ''] = /name="xsrf" value="([^"]+)"/.exec(asked) ?? [];
  return stage.open(action, { method: 'POST', body: new URLSearchParams({ xsrf, logout: 'yes' }) });
}

describe('the local issuer', () => {
  it('lets the owner of the machine in without a question, and says who it is in tokens like Cognito’s', async () => {
    const stage = await newStage('owner');
    const { access_token, id_token, refresh_token } = await tokensFor(stage, await askFor(stage, { prompt: 'none' }));
    expect(claimsOf(access_token)).toMatchObject({
      iss: `${stage.base}/oidc`,
      aud: localClientId,
      client_id: localClientId,
      sub: localOwner.id,
      email: localOwner.email,
      email_verified: true,
      'cognito:groups': localOwner.groups,
    });
    expect(claimsOf(id_token ?? '')).toMatchObject({ sub: localOwner.id, email: localOwner.email });
    const next = await refresh(stage, refresh_token);
    expect(claimsOf(next.access_token)).toMatchObject({ sub: localOwner.id, aud: localClientId });
    // A refresh token is good once: whoever stole one is found out.
    await expect(refresh(stage, refresh_token)).rejects.toThrow();
    await expect(refresh(stage, next.refresh_token)).rejects.toThrow();
  });

  it('asks who it is after a sign-out, and lets a viewer in', async () => {
    const stage = await newStage('viewer');
    const owner = await tokensFor(stage, await askFor(stage));
    expect((await signOut(stage, owner.id_token ?? '')).headers.get('location')).toBe(`${stage.base}/`);
    expect((await askFor(stage, { prompt: 'none' })).searchParams.get('error')).toBe('login_required');
    await expect(refresh(stage, owner.refresh_token)).rejects.toThrow();

    const page = await askFor(stage);
    expect(page.pathname).toMatch(/^\/oidc\/interaction\//);
    expect(await (await stage.open(page.href)).text()).toContain(localOwner.button);
    const choose = (person: string) => stage.open(page.href, { method: 'POST', body: new URLSearchParams({ person }) });
    expect((await choose('somebody')).status).toBe(400);
    const resumed = await stage.open((await choose(localViewer.id)).headers.get('location') ?? '');
    const { access_token } = await tokensFor(stage, new URL(resumed.headers.get('location') ?? ''));
    expect(claimsOf(access_token)).toMatchObject({ sub: localViewer.id, 'cognito:groups': [] });
  });

  it('keeps its keys and who is signed in over a restart, for this user alone', async () => {
    const door = await newDoor();
    const before = await stageOn(door, 'restart');
    const { refresh_token } = await tokensFor(before, await askFor(before));
    const keys = await (await fetch(before.server.jwks_uri ?? '')).json();
    await before.end();
    for (const file of ['issuer-keys.json', 'issuer-records.json']) {
      expect(statSync(join(folder, 'restart', file)).mode & 0o077).toBe(0);
    }
    const after = await stageOn(door, 'restart');
    expect(await (await fetch(after.server.jwks_uri ?? '')).json()).toEqual(keys);
    expect(claimsOf((await refresh(after, refresh_token)).access_token)).toMatchObject({ sub: localOwner.id });
  });

  it('sends codes to the dashboard alone, and answers no other page', async () => {
    const stage = await newStage('foreign');
    const page = await stage.open(
      `${stage.server.authorization_endpoint}?${new URLSearchParams({
        client_id: localClientId,
        redirect_uri: 'https://elsewhere.example/',
        response_type: 'code',
        scope: 'openid',
        state: '<script>',
      })}`,
    );
    expect(page.status).toBe(400);
    expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(page.headers.get('location')).toBeNull();
    const answer = await fetch(stage.server.token_endpoint ?? '', {
      method: 'POST',
      headers: { origin: 'https://elsewhere.example' },
      body: new URLSearchParams({ grant_type: 'refresh_token', client_id: localClientId, refresh_token: 'x' }),
    });
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    // Without PKCE there is no code.
    expect((await askFor(stage, { code_challenge: '' })).searchParams.get('error')).toBe('invalid_request');
  });
});
