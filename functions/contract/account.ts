/**
 * Who may do what at a site, and what the routes of accounts take and answer. Every caller sends `Authorization: Bearer`: an access
 * token of the OIDC issuer, an API key, a share link's token or an overlay's token. Instants are ms since the epoch.
 *
 * | route | needs | takes → answers |
 * |---|---|---|
 * | `GET /v1/me` | any bearer but an overlay's | → `MeAnswer` |
 * | `POST /v1/me/sign-out` | user | → `SignedOutAnswer`: what was signed in until now, on every machine, opens nothing more |
 * | `DELETE /v1/me/sites/{site}` | user | their own membership → `RemovedAnswer` |
 * | `GET /v1/sites` | any bearer but an overlay's | → `SitesAnswer` |
 * | `POST /v1/sites` | user, `mayCreateSites` | `NewSite` → 201 `SiteAnswer` |
 * | `GET /v1/sites/{site}` | write | → `SiteAnswer` |
 * | `PATCH /v1/sites/{site}` | write | `SitePatch` → `SiteAnswer` |
 * | `GET /v1/sites/{site}/deletion` | own | → `DeletionAnswer`: what would be removed |
 * | `DELETE /v1/sites/{site}?confirm=<name>` | own | → 202 `DeletionAnswer`: the site is gone for everybody at once, its data within the hour |
 * | `POST /v1/sites/{site}/write-keys` | own | → 201 `WriteKeyAnswer`: the older ones go on until they are deleted |
 * | `GET /v1/sites/{site}/write-keys` | write | → `WriteKeysAnswer` |
 * | `DELETE /v1/sites/{site}/write-keys/{id}` | own | → `RemovedAnswer` |
 * | `GET /v1/sites/{site}/members` | own | → `MembersAnswer`, invitations included |
 * | `POST /v1/sites/{site}/members` | own | `NewInvitation` → 201 `InvitationCreatedAnswer` |
 * | `PATCH /v1/sites/{site}/members/{id}` | own | `{ role }` → `Member` |
 * | `DELETE /v1/sites/{site}/members/{id}` | own | a member or an invitation → `RemovedAnswer` |
 * | `POST /v1/invitations` | user | `{ invitation }` → `AcceptedAnswer` |
 * | `GET /v1/sites/{site}/keys` | own | → `ApiKeysAnswer` |
 * | `POST /v1/sites/{site}/keys` | own | `NewApiKey` → 201 `ApiKeyCreatedAnswer` |
 * | `POST /v1/sites/{site}/keys/{id}/rotate` | own | → 201 `ApiKeyCreatedAnswer`: the old secret ends at once |
 * | `DELETE /v1/sites/{site}/keys/{id}` | own | → `RemovedAnswer` |
 * | `GET /v1/sites/{site}/shares` | own | → `SharesAnswer` |
 * | `POST /v1/sites/{site}/shares` | own | `NewShare` → 201 `ShareCreatedAnswer` |
 * | `DELETE /v1/sites/{site}/shares/{id}` | own | → `RemovedAnswer` |
 * | `POST /v1/share-tokens` | nothing | `{ share, password? }` → 201 `ShareTokenAnswer`; 403 `bad-share`, `password-needed`, `wrong-password`; 429 |
 * | `GET /v1/sites/{site}/audit-log?before&limit` | own | → `AuditLogAnswer` |
 *
 * Secrets (keys, invitations, shares) are answered once, by the request that makes them, and stored as hashes. A share's or an
 * invitation's link is `<dashboard>/#share=<secret>` or `<dashboard>/#invitation=<secret>`: what follows `#` is sent to no server.
 */
import type { Funnel, Goal } from './goal.ts';
import type { PathRules } from './site.ts';

export const roles = ['owner', 'viewer'] as const;
export type Role = (typeof roles)[number];

/** `read`: what the dashboard shows. `write`: also settings, markers and pictures; never people, keys, shares or deletion. */
export const keyScopes = ['read', 'write'] as const;
export type KeyScope = (typeof keyScopes)[number];

/**
 * What a route asks of its caller: `public` nothing; `any` a bearer that is no overlay's; `user` a signed-in user; the others, at
 * the site that the path names: `read` a viewer, owner, API key or share; `write` an owner, or an API key of scope `write`; `own` an owner.
 */
export const accesses = ['public', 'any', 'user', 'read', 'write', 'own'] as const;
export type Access = (typeof accesses)[number];

/** Whose right something rests on, as tickets, tokens and connections remember it: when that right ends, so do they. */
export interface Holder {
  kind: 'user' | 'key' | 'share';
  /** Of a user: `userIdOf(issuer, sub)`; of a key or a share: its id at the site. */
  id: string;
}

export interface MeAnswer {
  kind: Holder['kind'];
  id: string;
  /** A user's verified address, where the issuer tells it. */
  email: string | null;
  mayCreateSites: boolean;
}
export interface SignedOutAnswer {
  signedOutAt: number;
}

/** At most so many sites are listed, and so many may be joined by one user. */
export const sitesPerUserMax = 100;

/** A site as its settings page shows it. */
export interface SiteAnswer extends SiteSettings {
  site: string;
  version: number;
  /** A time zone that was chosen and takes effect at the site's next local midnight; null: none waits. */
  upcomingZone: { zone: string; from: number } | null;
}

export const nameLengthMax = 100;
export const originsMax = 50;
export const originLengthMax = 300;
export const pathPatternsMax = 200;
export const excludedPathsMax = 50;
export const excludedNetworksMax = 50;
export const retentionDaysMin = 1;
export const retentionDaysMax = 400;

/** What an owner may set; `PATCH` takes any part of it. */
export interface SiteSettings {
  name: string;
  /** IANA name of the zone of the site's days and hours. */
  zone: string;
  /** `https://shop.example`, `https://*.shop.example` (subdomains, not the domain itself), `http://localhost:*` (any port). */
  origins: string[];
  pathRules: PathRules;
  /** Counters, sessions and archive of this site are kept for so many days: 1..400, and never longer than the installation keeps them. */
  retentionDays: number;
  captures: CaptureSettings;
  exclusions: Exclusions;
  /** Of so many loads in a hundred, pointer movement is kept: 0..100. */
  movesSampledPercent: number;
  /** What the site's traffic may cost in a month, whole USD, 1..`monthlyBudgetUsdMax`; null: no budget. Warns, and stops nothing. */
  monthlyBudgetUsd: number | null;
  /** Counted from when they exist on; at most 20, no two of them the same. */
  goals: Goal[];
  /** At most 10, each of 2 to 8 steps. */
  funnels: Funnel[];
}
export const monthlyBudgetUsdMax = 1_000_000;
export interface CaptureSettings {
  /** Whether pictures of pages may be taken. */
  enabled: boolean;
  /** CSS selectors of what they hide, beside banners that ask for consent: `#chat`. */
  hideSelectors: string[];
}
export const hideSelectorsMax = 20;
export const hideSelectorLengthMax = 200;
/** What is not counted. */
export interface Exclusions {
  /** Path patterns as in path rules: `/admin`, `/account/:id`; `/admin/*` is everything below. Compared with the path that counts. */
  paths: string[];
  /** The team's own addresses, as CIDR blocks (`203.0.113.0/24`, `2001:db8::/32`): compared at ingest, stored with no event. */
  networks: string[];
}
export type SitePatch = Partial<SiteSettings>;
export interface NewSite {
  name: string;
  zone: string;
  origins: string[];
}

export interface DeletionAnswer {
  site: string;
  /** What `confirm` must repeat. */
  name: string;
  /** `running`: answered to the request that began it; from then on the site is answered 404. */
  state: 'not-asked' | 'running';
  /** What is removed, a sentence each, in order. */
  removes: string[];
  /** The number of members, API keys, share links and open invitations that lose their access. */
  loses: { members: number; keys: number; shares: number; invitations: number };
}

export interface WriteKeyAnswer {
  /** The key itself: it is public, as it stands in every page. */
  id: string;
  createdAt: number;
}
export interface WriteKeysAnswer {
  rows: WriteKeyAnswer[];
}
export const writeKeysMax = 5;

export interface Member {
  id: string;
  role: Role;
  email: string | null;
  since: number;
}
export interface Invitation {
  id: string;
  role: Role;
  /** Whose it is: only a user with this verified address may accept it; null: whoever has the link. */
  email: string | null;
  createdAt: number;
  expiresAt: number;
}
export interface MembersAnswer {
  rows: Member[];
  invitations: Invitation[];
}
export interface NewInvitation {
  role: Role;
  email?: string;
}
export interface InvitationCreatedAnswer extends Invitation {
  secret: string;
}
export interface AcceptedAnswer {
  site: string;
  name: string;
  role: Role;
}
export const membersMax = 50;
export const invitationsMax = 20;
export const invitationMs = 7 * 86_400_000;
export const emailLengthMax = 254;

export interface ApiKey {
  id: string;
  label: string;
  scope: KeyScope;
  createdAt: number;
  /** UTC date, `YYYY-MM-DD`; null: never used. */
  lastUsedOn: string | null;
}
export interface ApiKeysAnswer {
  rows: ApiKey[];
}
export interface NewApiKey {
  label: string;
  scope: KeyScope;
}
export interface ApiKeyCreatedAnswer extends ApiKey {
  secret: string;
}
export const apiKeysMax = 20;
export const labelLengthMax = 60;

export interface Share {
  id: string;
  label: string;
  createdAt: number;
  /** Null: until it is revoked. */
  expiresAt: number | null;
  hasPassword: boolean;
}
export interface SharesAnswer {
  rows: Share[];
}
export interface NewShare {
  label: string;
  /** Days until it expires, 1..365; left out: until it is revoked. */
  days?: number;
  /** 8..200 characters. */
  password?: string;
}
export interface ShareCreatedAnswer extends Share {
  secret: string;
}
export interface ShareTokenAnswer {
  /** The bearer. */
  token: string;
  /** It ends after so many ms, or when the share is revoked; ask again before. */
  forMs: number;
  site: string;
  name: string;
  zone: string;
}
export const sharesMax = 20;
export const shareDaysMax = 365;
export const passwordLengthMin = 8;
export const passwordLengthMax = 200;

export interface AuditEntry {
  at: number;
  by: Holder;
  /** An address or a label, as it was then. */
  byName: string;
  /** Such as `member-removed`: see `auditActions`. */
  what: AuditAction;
  /** What it was done to, on one line; no secret. */
  text: string;
}
export const auditActions = [
  'site-created',
  'settings-changed',
  'deletion-asked',
  'visitor-erasure-asked',
  'write-key-added',
  'write-key-removed',
  'invited',
  'invitation-revoked',
  'invitation-accepted',
  'role-changed',
  'member-removed',
  'member-left',
  'key-added',
  'key-rotated',
  'key-removed',
  'share-added',
  'share-removed',
] as const;
export type AuditAction = (typeof auditActions)[number];
export interface AuditLogAnswer {
  /** Newest first. */
  rows: AuditEntry[];
  /** Give it as `before` for older ones; null: there are none. */
  next: string | null;
}
export const auditKeptDays = 400;

export interface RemovedAnswer {
  removed: string;
}
