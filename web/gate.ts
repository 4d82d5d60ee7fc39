/**
 * Who may look, and how they are let in: by a share link, an API key, or a sign-in at the OIDC issuer. Outside React; the browser's
 * address, storage and clock are given, so that every path of it runs in a test.
 */
import type { DashboardConfiguration, OidcClient } from '../functions/contract/sign-in.ts';
import { type Access, keyAccess, renewedBearer } from './live/access.ts';
import { ApiFault } from './live/api.ts';
import type { IssuerFacts, Oidc, PendingSignIn, Prompt, Tokens } from './live/oidc.ts';
import { type OpenShare, shareAccess } from './live/share-access.ts';
import { SignInFault } from './live/sign-in-fault.ts';

export type GateState =
  | { name: 'opening' }
  /** There is no usable configuration. */
  | { name: 'broken'; message: string }
  /** There is no issuer: an API key is asked for. `refusal`: why the last one was not accepted. */
  | { name: 'key'; refusal: string }
  /** `reason`: what happened; empty when nothing did. */
  | { name: 'signed-out'; reason: string; isFault: boolean }
  /** A share link that is not open yet. */
  | { name: 'share'; refusal: string; needsPassword: boolean }
  | { name: 'open'; configuration: DashboardConfiguration; access: Access };

export interface GateParts {
  loadConfiguration(): Promise<DashboardConfiguration>;
  /** Has the code of the conversation with the issuer loaded, which will probably be needed. */
  expectOidc(): void;
  /** @param server what the issuer has said of itself, where that is known */
  openOidc(client: OidcClient, server?: IssuerFacts): Promise<Oidc>;
  openShare(apiUrl: string, secret: string, password: string): Promise<OpenShare>;
  signOutEverywhere(apiUrl: string, bearer: () => Promise<string>): Promise<void>;
  kept(name: string): string | null;
  keep(name: string, text: string): void;
  forget(name: string): void;
  /** All that the tab has kept. */
  forgetAll(): void;
  address(): URL;
  /** Changes the address without loading anything. */
  replaceAddress(address: string): void;
  /** Leaves the page. */
  go(url: string): void;
  /** Tells the other tabs of this browser that somebody has signed out. */
  tellSignedOut(): void;
  now(): number;
}

/** What this tab keeps, and nobody else sees. */
const inTab = {
  key: 'sitepulse.key',
  tokens: 'sitepulse.tokens',
  pending: 'sitepulse.sign-in',
  shareSecret: 'sitepulse.share',
  share: 'sitepulse.share-token',
  /** The issuer has been asked whether somebody is signed in already. */
  asked: 'sitepulse.asked',
  /** Whom the issuer still knows here has signed out everywhere: it must ask them anew. */
  anew: 'sitepulse.anew',
};

/** The issuer knows nobody, or would have to ask something: no fault of anybody. */
const silentRefusals = ['login_required', 'interaction_required', 'consent_required', 'account_selection_required'];

export class Gate {
  private state: GateState = { name: 'opening' };
  private readonly listeners = new Set<() => void>();
  private configuration: DashboardConfiguration | null = null;
  private oidc: Promise<Oidc> | null = null;
  private tokens: (() => Tokens) | null = null;
  private password = '';
  private readonly parts: GateParts;

  constructor(parts: GateParts) {
    this.parts = parts;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  getSnapshot = (): GateState => this.state;

  /** Once, when the page is loaded. */
  async start(): Promise<void> {
    if ([inTab.tokens, inTab.key, inTab.shareSecret].every((name) => !this.parts.kept(name))) this.parts.expectOidc();
    try {
      this.configuration = await this.parts.loadConfiguration();
    } catch (error) {
      return this.enter({ name: 'broken', message: sentenceOf(error) });
    }
    const { kept, address, now } = this.parts;
    const secret = new URLSearchParams(address().hash.slice(1)).get('share');
    if (secret) return this.arriveByShare(secret);
    const key = kept(inTab.key);
    if (key) return this.open(keyAccess(key));
    if (kept(inTab.shareSecret)) {
      const share = parse<OpenShare>(kept(inTab.share));
      return share && share.endsAt > now() ? this.openByShare(share) : this.giveSharePassword('');
    }
    if (!this.configuration.oidc) return this.enter({ name: 'key', refusal: '' });
    if (address().searchParams.has('state')) return this.arriveFromIssuer();
    const tokens = parse<Tokens>(kept(inTab.tokens));
    if (tokens) return this.openByTokens(tokens);
    if (kept(inTab.asked)) return this.enter({ name: 'signed-out', reason: '', isFault: false });
    await this.leaveForIssuer('none');
  }

  signIn(): Promise<void> {
    return this.leaveForIssuer(this.parts.kept(inTab.anew) ? 'login' : null);
  }

  private async leaveForIssuer(prompt: Prompt): Promise<void> {
    const { parts } = this;
    try {
      const { origin, pathname, search, hash } = parts.address();
      const oidc = await this.issuer();
      const wanted = { redirectUri: origin + pathname, prompt, returnTo: search + hash };
      const { url, pending } = await oidc.begin(wanted);
      parts.keep(inTab.asked, '1');
      parts.keep(inTab.pending, JSON.stringify(pending));
      parts.go(url.href);
    } catch (error) {
      this.enter({ name: 'signed-out', reason: sentenceOf(error), isFault: true });
    }
  }

  giveKey(key: string): void {
    this.parts.keep(inTab.key, key);
    this.open(keyAccess(key));
  }

  async giveSharePassword(password: string): Promise<void> {
    this.password = password;
    try {
      this.openByShare(await this.buyShareToken());
    } catch (error) {
      const needsPassword =
        error instanceof ApiFault && (error.code === 'password-needed' || error.code === 'wrong-password');
      const isFirst = needsPassword && password === '';
      this.enter({ name: 'share', refusal: isFirst ? '' : sentenceOf(error), needsPassword });
    }
  }

  /** @param everywhere all that this user has open, on every machine, ends, too */
  async signOut(everywhere: boolean): Promise<void> {
    const { parts, state } = this;
    const held = this.tokens?.();
    let reason = 'You are signed out.';
    try {
      if (everywhere && state.name === 'open') {
        await parts.signOutEverywhere(state.configuration.apiUrl, state.access.bearer);
      }
      this.forgetAll(everywhere);
      parts.tellSignedOut();
      const { origin, pathname } = parts.address();
      const url = held ? await (await this.issuer()).leave(held, origin + pathname) : null;
      if (url) return parts.go(url.href);
    } catch (error) {
      reason = `You are signed out in this browser, but not everywhere: ${sentenceOf(error)}`;
    }
    this.forgetAll(everywhere);
    this.shut(reason, reason.startsWith('You are signed out in'));
  }

  /**
   * What let in lets in no more: the API says so, or another tab has signed out.
   * @param everywhere its user has signed out everywhere: what the issuer would give for its session is refused, too
   */
  ended(reason: string, everywhere = false): void {
    // What became of a link is told by the link.
    if (this.state.name === 'open' && this.state.access.kind === 'share') {
      void this.giveSharePassword(this.password);
      return;
    }
    this.forgetAll(everywhere);
    this.shut(reason, true);
  }

  /** Forgets the share link of this tab. */
  leaveShare(): void {
    this.forgetAll();
    this.shut('', false);
  }

  private shut(reason: string, isFault: boolean): void {
    this.enter(
      this.configuration?.oidc
        ? { name: 'signed-out', reason, isFault }
        : { name: 'key', refusal: isFault ? reason : '' },
    );
  }

  private arriveByShare(secret: string): Promise<void> {
    const { parts } = this;
    this.forgetAll();
    // It opens the dashboard for whoever reads it over a shoulder or in a picture of the screen.
    parts.replaceAddress('#/live');
    parts.keep(inTab.shareSecret, secret);
    return this.giveSharePassword('');
  }

  private buyShareToken(): Promise<OpenShare> {
    const secret = this.parts.kept(inTab.shareSecret) ?? '';
    return this.parts.openShare(this.configuration?.apiUrl ?? '', secret, this.password);
  }

  private openByShare(share: OpenShare): void {
    const keep = (next: OpenShare) => this.parts.keep(inTab.share, JSON.stringify(next));
    keep(share);
    this.open(shareAccess({ share, renew: () => this.buyShareToken(), keep, now: this.parts.now }));
  }

  private async arriveFromIssuer(): Promise<void> {
    const { parts } = this;
    const returned = parts.address();
    const pending = parse<PendingSignIn>(parts.kept(inTab.pending));
    parts.forget(inTab.pending);
    // A code is good once, and a reload must not show it again.
    parts.replaceAddress(returned.pathname + (pending?.returnTo ?? '#/live'));
    if (pending?.prompt === 'none' && silentRefusals.includes(returned.searchParams.get('error') ?? '')) {
      return this.enter({ name: 'signed-out', reason: '', isFault: false });
    }
    try {
      if (!pending) throw new SignInFault('mismatch', 'This sign-in was begun in another tab: sign in again.');
      const tokens = await (await this.issuer(pending.server)).finish(returned, pending);
      parts.forget(inTab.anew);
      this.openByTokens(tokens);
    } catch (error) {
      this.enter({ name: 'signed-out', reason: sentenceOf(error), isFault: true });
    }
  }

  private openByTokens(tokens: Tokens): void {
    const { parts } = this;
    const keep = (next: Tokens) => parts.keep(inTab.tokens, JSON.stringify(next));
    keep(tokens);
    const renewed = renewedBearer<Tokens>({
      first: tokens,
      bearerOf: ({ access }) => access,
      endsAt: ({ endsAt }) => endsAt,
      renew: (held) => this.renew(held),
      keep,
      now: parts.now,
    });
    this.tokens = renewed.held;
    this.open({ kind: 'user', who: tokens.who, bearer: renewed.bearer });
  }

  /** Where the issuer refuses to go on, it may still know who sits here: it is asked once more, by a redirect. */
  private async renew(held: Tokens): Promise<Tokens> {
    try {
      return await (await this.issuer()).refresh(held);
    } catch (error) {
      if (error instanceof SignInFault && error.code === 'over') {
        this.parts.forget(inTab.tokens);
        await this.leaveForIssuer('none');
      }
      throw error;
    }
  }

  private issuer(server?: IssuerFacts): Promise<Oidc> {
    const client = this.configuration?.oidc;
    if (!client) throw new SignInFault('unreachable', 'This dashboard has no sign-in service.');
    this.oidc ??= this.parts.openOidc(client, server);
    this.oidc.catch(() => {
      this.oidc = null;
    });
    return this.oidc;
  }

  private open(access: Access): void {
    if (this.configuration) this.enter({ name: 'open', configuration: this.configuration, access });
  }

  private forgetAll(everywhere = false): void {
    this.parts.forgetAll();
    this.parts.keep(inTab.asked, '1');
    if (everywhere) this.parts.keep(inTab.anew, '1');
    this.tokens = null;
    this.password = '';
  }

  private enter(state: GateState): void {
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What this tab kept, by itself, a moment or a reload ago; null when there is nothing. */
function parse<T>(text: string | null): T | null {
  return text === null ? null : (JSON.parse(text) as T);
}
