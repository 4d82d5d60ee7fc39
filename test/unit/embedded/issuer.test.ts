/** The issuer of the embedded cloud and the dashboard's side of the conversation, against each other. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { localIssuer } from '../../../localstack/embedded/issuer/issuer.ts';
import { localClientId, localOwner, localViewer } from '../../../localstack/embedded/issuer/local-people.ts';
import { type Door, takePort } from '../../../localstack/embedded/listen.ts';
import { type Oidc, openOidc, type PendingSignIn, type Prompt, type Tokens } from '../../../web/live/oidc.ts';

/** One for all: making keys takes a second. */
const folder = mkdtempSync(join(tmpdir(), 'issuer-'));

/** An issuer on a port, and a browser that keeps cookies and is led by redirects. */
interface Stage {
  base: string;
  oidc: Oidc;
  open(url: string | URL, init?: RequestInit): Promise<Response>;
  end(): Promise<void>;
}
const stages: Stage[] = [];
const doors: Door[] = [];
afterEach(async () => {
  vi.useRealTimers();
  for (const stage of stages.splice(0)) await stage.end();
  for (const door of doors.splice(0)) await door.close();
});
afterAll(() => rmSync(folder, { recursive: true }));

async function newDoor(): Promise<Door> {
  const door = await takePort(0, 'test');
  doors.push(door);
  return door;
}

async function stageOn(door: Door): Promise<Stage> {
  const base = `http://localhost:${door.port}`;
  const issuer = localIssuer(`${base}/oidc`, [`${base}/`], folder);
  door.open(issuer.handle);
  const jar = new Map<string, string>();
  const client = { issuer: `${base}/oidc`, clientId: localClientId, scopes: ['openid', 'email'] };
  const stage: Stage = {
    base,
    oidc: await openOidc({ client, now: Date.now }),
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
const newStage = async () => stageOn(await newDoor());

/** Where the issuer sends the browser that the dashboard has sent to it. */
async function ask({ base, oidc, open }: Stage, prompt: Prompt): Promise<{ at: URL; pending: PendingSignIn }> {
  const { url, pending } = await oidc.begin({ redirectUri: `${base}/`, prompt, returnTo: '' });
  const { headers } = await open(url);
  return { at: new URL(headers.get('location') ?? 'about:blank', base), pending };
}

async function signIn(stage: Stage, prompt: Prompt = null): Promise<Tokens> {
  const { at, pending } = await ask(stage, prompt);
  return stage.oidc.finish(at, pending);
}

/** As a browser does it: the page of the issuer sends its form by itself. */
async function signOut({ base, oidc, open }: Stage, tokens: Tokens): Promise<string | null> {
  const url = await oidc.leave(tokens, `${base}/`);
  const asked = await (await open(url ?? '')).text();
  const [, action = ''] = /action="([^"]+)"/.exec(asked) ?? [];
  const [, xsrf = ''] = /name="xsrf" value="([^"]+)"/.exec(asked) ?? [];
  const left = await open(action, { method: 'POST', body: new URLSearchParams({ xsrf, logout: 'yes' }) });
  return left.headers.get('location');
}

const claimsOf = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as object;

describe('the local issuer', () => {
  it('lets the owner of the machine in without a question, and says who it is in tokens like Cognito’s', async () => {
    const stage = await newStage();
    const first = await signIn(stage, 'none');
    expect(claimsOf(first.access)).toMatchObject({
      iss: `${stage.base}/oidc`,
      aud: localClientId,
      client_id: localClientId,
      sub: localOwner.id,
      email: localOwner.email,
      email_verified: true,
      auth_time: expect.any(Number),
      'cognito:groups': localOwner.groups,
    });
    expect(first.who).toBe(localOwner.email);
    const next = await stage.oidc.refresh(first);
    expect(claimsOf(next.access)).toMatchObject({
      sub: localOwner.id,
      aud: localClientId,
      auth_time: expect.any(Number),
    });
    expect(next).toMatchObject({ who: localOwner.email, refresh: expect.not.stringMatching(first.refresh ?? '') });
    // A refresh token is good once: whoever stole one is found out, and with them all that came of it ends.
    await expect(stage.oidc.refresh(first)).rejects.toMatchObject({ code: 'over' });
    await expect(stage.oidc.refresh(next)).rejects.toMatchObject({ code: 'over' });
  });

  it('asks whom it knows when it is told to, and tells when they were asked', async () => {
    const stage = await newStage();
    await signIn(stage);
    const { at: page, pending } = await ask(stage, 'login');
    expect(page.pathname).toMatch(/^\/oidc\/interaction\//);
    const asked = Math.floor(Date.now() / 1_000);
    const choice = new URLSearchParams({ person: localOwner.id });
    const chosen = await stage.open(page, { method: 'POST', body: choice });
    const resumed = await stage.open(chosen.headers.get('location') ?? '');
    const tokens = await stage.oidc.finish(new URL(resumed.headers.get('location') ?? ''), pending);
    expect((claimsOf(tokens.access) as { auth_time: number }).auth_time).toBeGreaterThanOrEqual(asked);
  });

  it('asks who it is after a sign-out, and lets a viewer in', async () => {
    const stage = await newStage();
    const owner = await signIn(stage);
    expect(await signOut(stage, owner)).toBe(`${stage.base}/`);
    expect((await ask(stage, 'none')).at.searchParams.get('error')).toBe('login_required');
    await expect(stage.oidc.refresh(owner)).rejects.toMatchObject({ code: 'over' });

    const { at: page, pending } = await ask(stage, null);
    expect(page.pathname).toMatch(/^\/oidc\/interaction\//);
    expect(await (await stage.open(page)).text()).toContain(localOwner.button);
    const choose = (person: string) => stage.open(page, { method: 'POST', body: new URLSearchParams({ person }) });
    expect((await choose('somebody')).status).toBe(400);
    const resumed = await stage.open((await choose(localViewer.id)).headers.get('location') ?? '');
    const viewer = await stage.oidc.finish(new URL(resumed.headers.get('location') ?? ''), pending);
    expect(claimsOf(viewer.access)).toMatchObject({ sub: localViewer.id, 'cognito:groups': [] });
  });

  it('keeps its keys and who is signed in over a restart, for this user alone', async () => {
    const door = await newDoor();
    const before = await stageOn(door);
    const tokens = await signIn(before);
    const keysOf = async () => (await fetch(`${before.base}/oidc/jwks`)).json();
    const keys = await keysOf();
    await before.end();
    for (const file of ['issuer-keys.json', 'issuer-records.json']) {
      expect(statSync(join(folder, file)).mode & 0o077).toBe(0);
    }
    const after = await stageOn(door);
    expect(await keysOf()).toEqual(keys);
    expect(claimsOf((await after.oidc.refresh(tokens)).access)).toMatchObject({ sub: localOwner.id });
  });

  it('sends codes to the dashboard alone, and answers no other page', async () => {
    const stage = await newStage();
    const asked = new URLSearchParams({
      client_id: localClientId,
      redirect_uri: 'https://elsewhere.example/',
      response_type: 'code',
      scope: 'openid',
      state: '<script>',
    });
    const page = await stage.open(`${stage.base}/oidc/auth?${asked}`);
    expect(page.status).toBe(400);
    expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(page.headers.get('location')).toBeNull();
    const answer = await fetch(`${stage.base}/oidc/token`, {
      method: 'POST',
      headers: { origin: 'https://elsewhere.example' },
      body: new URLSearchParams({ grant_type: 'refresh_token', client_id: localClientId, refresh_token: 'x' }),
    });
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    // Without PKCE there is no code.
    asked.set('redirect_uri', `${stage.base}/`);
    const { headers } = await stage.open(`${stage.base}/oidc/auth?${asked}`);
    expect(new URL(headers.get('location') ?? '').searchParams.get('error')).toBe('invalid_request');
  });
});

describe('the dashboard’s side', () => {
  it('believes no answer to another question', async () => {
    const stage = await newStage();
    const { at, pending } = await ask(stage, null);
    const other = {
      state: 'of-another-tab',
      nonce: 'of-another-tab',
      verifier: pending.verifier.split('').reverse().join(''),
    };
    const finish = (changed: Partial<PendingSignIn>, returned = at) =>
      stage.oidc.finish(returned, { ...pending, ...changed });
    await expect(finish({ state: other.state })).rejects.toMatchObject({ code: 'mismatch' });
    const elsewhere = new URL(at);
    elsewhere.searchParams.set('iss', 'https://elsewhere.example');
    await expect(finish({}, elsewhere)).rejects.toMatchObject({ code: 'mismatch' });
    await expect(finish({ nonce: other.nonce })).rejects.toMatchObject({ code: 'mismatch' });
    const again = await ask(stage, null);
    await expect(stage.oidc.finish(again.at, { ...again.pending, verifier: other.verifier })).rejects.toMatchObject({
      code: 'over',
    });
  });

  it('says what stands in the way: a refusal, a clock that is off, an issuer that is not there', async () => {
    const stage = await newStage();
    const { at, pending } = await ask(stage, null);
    const refused = new URL(`${stage.base}/?error=access_denied&error_description=Not+you&state=${pending.state}`);
    refused.searchParams.set('iss', `${stage.base}/oidc`);
    await expect(stage.oidc.finish(refused, pending)).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('Not you'),
    });
    // Between the issuer's answer and its being read, this computer's clock turns out to be three hours ahead.
    const { fetch } = globalThis;
    vi.spyOn(globalThis, 'fetch').mockImplementation(async (...asked) => {
      const answer = await fetch(...asked);
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3 * 3_600_000 });
      return answer;
    });
    await expect(stage.oidc.finish(at, pending)).rejects.toMatchObject({ code: 'clock' });
    vi.restoreAllMocks();
    vi.useRealTimers();
    const client = { issuer: 'http://localhost:1/oidc', clientId: localClientId, scopes: ['openid'] };
    await expect(openOidc({ client, now: Date.now })).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining('localhost:1'),
    });
    // Plain HTTP is for this machine's own issuer.
    const plain = openOidc({ client: { ...client, issuer: 'http://issuer.example' }, now: Date.now });
    await expect(plain).rejects.toMatchObject({ code: 'unreachable' });
  });
});
