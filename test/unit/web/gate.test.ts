import { describe, expect, it } from 'vitest';
import type { DashboardConfiguration, OidcClient } from '../../../functions/contract/sign-in.ts';
import { Gate, type GateParts } from '../../../web/gate.ts';
import { ApiFault } from '../../../web/live/api.ts';
import type { Oidc, PendingSignIn, Tokens } from '../../../web/live/oidc.ts';
import { SignInFault } from '../../../web/live/sign-in-fault.ts';

const oidc: OidcClient = { issuer: 'https://issuer.example', clientId: 'dash', scopes: ['openid', 'email'] };
const configuration: DashboardConfiguration = { apiUrl: 'https://api.example', socketUrl: 'wss://api.example', oidc };

const tokensAt = (endsAt: number, access = 'first'): Tokens => ({
  access,
  refresh: `refresh of ${access}`,
  id: 'id',
  who: 'owner@shop.example',
  endsAt,
});

/** A browser tab: its address, what it keeps, and where it was sent. */
class Tab {
  now = 1_000_000;
  address = 'https://dash.example/#/live';
  readonly kept = new Map<string, string>();
  readonly sentTo: string[] = [];
  readonly told: string[] = [];
  readonly issuerSteps: string[] = [];
  config: DashboardConfiguration | Error = configuration;
  issuer: Partial<Oidc> | Error = {};
  openShare: GateParts['openShare'] = async () => {
    throw new ApiFault(403, 'bad-share', 'this share link was revoked');
  };

  load(): Gate {
    const gate = new Gate({
      loadConfiguration: async () => given(this.config),
      expectOidc: () => void this.issuerSteps.push('loads the conversation'),
      openOidc: async (_client, server) => {
        this.issuerSteps.push(server ? `knows ${server.issuer}` : 'asks who the issuer is');
        return { begin: this.begin, ...given(this.issuer) } as Oidc;
      },
      openShare: (apiUrl, secret, password) => this.openShare(apiUrl, secret, password),
      signOutEverywhere: async (_apiUrl, bearer) => void this.told.push(`api: everywhere, ${await bearer()}`),
      kept: (name) => this.kept.get(name) ?? null,
      keep: (name, text) => void this.kept.set(name, text),
      forget: (name) => void this.kept.delete(name),
      forgetAll: () => this.kept.clear(),
      address: () => new URL(this.address),
      replaceAddress: (address) => {
        this.address = new URL(address, this.address).href;
      },
      go: (url) => void this.sentTo.push(url),
      tellSignedOut: () => void this.told.push('tabs'),
      now: () => this.now,
    });
    return gate;
  }
  begin: Oidc['begin'] = async (wanted) => ({
    url: new URL(`https://issuer.example/auth?prompt=${wanted.prompt ?? ''}`),
    pending: { ...wanted, state: 's', nonce: 'n', verifier: 'v', server: { issuer: oidc.issuer } },
  });
}

function given<T>(value: T | Error): T {
  if (value instanceof Error) throw value;
  return value;
}

async function started(tab: Tab): Promise<Gate> {
  const gate = tab.load();
  await gate.start();
  return gate;
}

async function bearerOf(gate: Gate): Promise<string> {
  const state = gate.getSnapshot();
  if (state.name !== 'open') throw new Error(`the gate is ${JSON.stringify(state)}`);
  return state.access.bearer();
}

describe('a tab that comes for the first time', () => {
  it('asks the issuer once whether somebody is signed in already, and comes back to where it was', async () => {
    const tab = new Tab();
    tab.address = 'https://dash.example/?site=shop#/heatmap?path=%2F';
    expect((await started(tab)).getSnapshot()).toEqual({ name: 'opening' });
    expect(tab.sentTo).toEqual(['https://issuer.example/auth?prompt=none']);

    tab.address = 'https://dash.example/?code=c&state=s';
    tab.issuer = {
      finish: async (returned, pending) =>
        tokensAt(tab.now + 900_000, returned.searchParams.get('code') + pending.verifier),
    };
    expect(await bearerOf(await started(tab))).toBe('cv');
    expect(tab.address).toBe('https://dash.example/?site=shop#/heatmap?path=%2F');
    // A refresh asks nobody.
    expect(await bearerOf(await started(tab))).toBe('cv');
    expect(tab.sentTo).toHaveLength(1);
  });

  it('loads what it speaks to the issuer with at once, and asks it only once who it is', async () => {
    const tab = new Tab();
    await started(tab);
    tab.address = 'https://dash.example/?code=c&state=s';
    tab.issuer = { finish: async () => tokensAt(tab.now + 900_000) };
    await started(tab);
    // Who has tokens has nothing to say.
    await started(tab);
    const loads = 'loads the conversation';
    expect(tab.issuerSteps).toEqual([loads, 'asks who the issuer is', loads, `knows ${oidc.issuer}`]);
  });

  it('shows the sign-in when the issuer knows nobody, and does not ask again by itself', async () => {
    const tab = new Tab();
    await started(tab);
    tab.address = 'https://dash.example/?error=login_required&state=s';
    const signedOut = { name: 'signed-out', reason: '', isFault: false };
    const gate = await started(tab);
    expect(gate.getSnapshot()).toEqual(signedOut);
    expect(tab.address).toBe('https://dash.example/#/live');
    expect((await started(tab)).getSnapshot()).toEqual(signedOut);
    await gate.signIn();
    expect(tab.sentTo).toEqual(['https://issuer.example/auth?prompt=none', 'https://issuer.example/auth?prompt=']);
  });

  it('says why when it cannot be signed in', async () => {
    const tab = new Tab();
    tab.issuer = new SignInFault('unreachable', 'The sign-in service gave no usable answer.');
    expect((await started(tab)).getSnapshot()).toMatchObject({
      isFault: true,
      reason: expect.stringMatching(/no usable answer/),
    });

    // An answer to a question of another tab, or of somebody who wants this reader to be somebody else.
    tab.issuer = { finish: async () => tokensAt(tab.now + 900_000) };
    tab.kept.clear();
    tab.address = 'https://dash.example/?code=c&state=s';
    expect((await started(tab)).getSnapshot()).toMatchObject({
      name: 'signed-out',
      reason: expect.stringMatching(/another tab/),
    });

    tab.issuer = {
      finish: async () => {
        throw new SignInFault('clock', 'The clocks are apart.');
      },
    };
    tab.kept.set('sitepulse.sign-in', JSON.stringify({ prompt: null, returnTo: '#/health' } as PendingSignIn));
    tab.address = 'https://dash.example/?code=c&state=s';
    expect((await started(tab)).getSnapshot()).toMatchObject({ name: 'signed-out', reason: 'The clocks are apart.' });
    expect(tab.address).toBe('https://dash.example/#/health');
  });

  it('asks for a key where there is no issuer, and says when there is no configuration', async () => {
    const tab = new Tab();
    tab.config = { ...configuration, oidc: null };
    const gate = await started(tab);
    expect(gate.getSnapshot()).toEqual({ name: 'key', refusal: '' });
    gate.giveKey('sitepulse_k');
    expect(await bearerOf(gate)).toBe('sitepulse_k');
    expect(await bearerOf(await started(tab))).toBe('sitepulse_k');
    gate.ended('this API key is unknown or revoked');
    expect(gate.getSnapshot()).toEqual({ name: 'key', refusal: 'this API key is unknown or revoked' });
    tab.config = new Error('config.json could not be loaded (404).');
    expect((await started(tab)).getSnapshot()).toEqual({
      name: 'broken',
      message: 'config.json could not be loaded (404).',
    });
  });
});

describe('a tab that is signed in', () => {
  const signedIn = async (tab: Tab, endsInMs = 900_000) => {
    tab.kept.set('sitepulse.tokens', JSON.stringify(tokensAt(tab.now + endsInMs)));
    return started(tab);
  };

  it('renews its token before it ends, once however many ask', async () => {
    const tab = new Tab();
    let renewals = 0;
    tab.issuer = {
      refresh: async () => {
        renewals++;
        return tokensAt(tab.now + 900_000, `renewed ${renewals}`);
      },
    };
    const gate = await signedIn(tab);
    expect(await bearerOf(gate)).toBe('first');
    tab.now += 850_000;
    const both = await Promise.all([bearerOf(gate), bearerOf(gate)]);
    expect(both).toEqual(['renewed 1', 'renewed 1']);
    expect(renewals).toBe(1);
    expect(await bearerOf(await started(tab))).toBe('renewed 1');
  });

  it('tries again when the issuer did not answer, and asks it silently when the sign-in is over', async () => {
    const tab = new Tab();
    const faults = [new SignInFault('unreachable', 'No answer.'), new SignInFault('over', 'Your sign-in has ended.')];
    tab.issuer = {
      refresh: async () => {
        throw faults.shift() ?? new Error('asked once too often');
      },
    };
    const gate = await signedIn(tab, 1_000);
    await expect(bearerOf(gate)).rejects.toThrow('No answer.');
    expect(tab.sentTo).toEqual([]);
    await expect(bearerOf(gate)).rejects.toThrow('has ended');
    expect(tab.sentTo).toEqual(['https://issuer.example/auth?prompt=none']);
    expect(tab.kept.has('sitepulse.tokens')).toBe(false);
  });

  it.each([false, true])(
    'forgets everything at a sign-out (everywhere: %s), and tells the issuer and other tabs',
    async (everywhere) => {
      const tab = new Tab();
      tab.issuer = {
        leave: async ({ refresh }, returnTo) => new URL(`https://issuer.example/out?${refresh} ${returnTo}`),
      };
      const gate = await signedIn(tab);
      tab.kept.set('sitepulse.feed.shop', '[]');
      await gate.signOut(everywhere);
      expect([...tab.kept.keys()]).toEqual(everywhere ? ['sitepulse.asked', 'sitepulse.anew'] : ['sitepulse.asked']);
      expect(tab.told).toEqual(everywhere ? ['api: everywhere, first', 'tabs'] : ['tabs']);
      expect(tab.sentTo).toEqual(['https://issuer.example/out?refresh%20of%20first%20https://dash.example/']);
    },
  );

  it('has the issuer ask anew, until somebody has signed in, once its user signed out everywhere', async () => {
    const tab = new Tab();
    (await signedIn(tab)).ended('this user has signed out everywhere: sign in again', true);
    await (await started(tab)).signIn();
    expect(tab.sentTo).toEqual(['https://issuer.example/auth?prompt=login']);

    tab.address = 'https://dash.example/?code=c&state=s';
    tab.issuer = { finish: async () => tokensAt(tab.now + 900_000) };
    const gate = await started(tab);
    gate.ended('You signed out in another tab.');
    await gate.signIn();
    expect(tab.sentTo).toEqual(['https://issuer.example/auth?prompt=login', 'https://issuer.example/auth?prompt=']);
  });

  it('is signed out here at least when the issuer does not answer', async () => {
    const tab = new Tab();
    const gate = await signedIn(tab);
    tab.issuer = new SignInFault('unreachable', 'No answer.');
    await gate.signOut(false);
    expect(gate.getSnapshot()).toMatchObject({
      name: 'signed-out',
      reason: expect.stringMatching(/not everywhere: No answer/),
      isFault: true,
    });
    expect(tab.kept.has('sitepulse.tokens')).toBe(false);
  });
});

describe('a share link', () => {
  const arrive = (tab: Tab) => {
    tab.address = 'https://dash.example/#share=secret';
    return started(tab);
  };

  it('opens, without leaving its secret in the address, also after a refresh', async () => {
    const tab = new Tab();
    const asked: string[] = [];
    tab.openShare = async (_apiUrl, secret, password) => {
      asked.push(`${secret}/${password}`);
      return { token: `token ${asked.length}`, site: 'shop', endsAt: tab.now + 900_000 };
    };
    // Whoever signed in or used a key in this tab before looks by the link now.
    tab.kept.set('sitepulse.key', 'old');
    const gate = await arrive(tab);
    expect(gate.getSnapshot()).toMatchObject({ name: 'open', access: { kind: 'share' } });
    expect(tab.address).toBe('https://dash.example/#/live');
    expect(await bearerOf(gate)).toBe('token 1');
    expect(await bearerOf(await started(tab))).toBe('token 1');
    tab.now += 880_000;
    expect(await bearerOf(gate)).toBe('token 2');
    tab.now += 900_000;
    expect(await bearerOf(await started(tab))).toBe('token 3');
    expect(asked).toEqual(['secret/', 'secret/', 'secret/']);
    gate.leaveShare();
    expect(gate.getSnapshot().name).toBe('signed-out');
    expect(tab.kept.has('sitepulse.share')).toBe(false);
  });

  it('asks for its password, again when it was another one, and says when the link is over', async () => {
    const tab = new Tab();
    tab.openShare = async (_apiUrl, _secret, password) => {
      if (password === '') throw new ApiFault(403, 'password-needed', 'it has a password');
      if (password !== 'correct horse') throw new ApiFault(403, 'wrong-password', 'that is not the password');
      return { token: 'token', site: 'shop', endsAt: tab.now + 900_000 };
    };
    const gate = await arrive(tab);
    expect(gate.getSnapshot()).toEqual({ name: 'share', refusal: '', needsPassword: true });
    await gate.giveSharePassword('battery');
    expect(gate.getSnapshot()).toEqual({ name: 'share', refusal: 'that is not the password', needsPassword: true });
    await gate.giveSharePassword('correct horse');
    expect(await bearerOf(gate)).toBe('token');

    const revoked = await arrive(new Tab());
    expect(revoked.getSnapshot()).toEqual({
      name: 'share',
      refusal: 'this share link was revoked',
      needsPassword: false,
    });
  });
});
