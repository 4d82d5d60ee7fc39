/** Who asks, and whether they may. What a bearer rests on is looked up with every request, so a revocation acts at once. */
import type { Access, Holder } from '../contract/account.ts';
import { configAt, type SiteConfig } from '../contract/site.ts';
import { IssuerUnreachable } from '../identity/issuer.ts';
import { type SignedIn, TokenRefusal, tokenLengthMax } from '../identity/sign-in.ts';
import { log } from '../log.ts';
import { overlayMs } from '../push/watch-time.ts';
import { includes, type Right, rightOf, type SiteAccess } from '../sites/access.ts';
import { hashSecret, idOfHash } from '../sites/secret.ts';
import { ApiError, quoted } from './api-error.ts';
import { grantKindOf } from './grant-tokens.ts';
import type { QueryPorts } from './query-ports.ts';

export type Caller = UserCaller | SiteCaller;
export interface UserCaller {
  kind: 'user';
  holder: Holder;
  user: SignedIn;
  token: string;
}
/** Of one site. `holder` of an overlay: whoever opened it. */
interface SiteCaller {
  kind: 'key' | 'share' | 'overlay';
  holder: Holder;
  site: string;
  access: SiteAccess;
  /** When the bearer ends, ms since the epoch; null: it does not by itself. */
  until: number | null;
}
export type Doors = Pick<QueryPorts, 'sites' | 'access' | 'users' | 'tokens' | 'signIn'>;

const bearerPattern = new RegExp(`^Bearer +(\\S{1,${tokenLengthMax}})$`, 'i');

/** @throws ApiError 401 when the bearer is missing, malformed, unknown, revoked or over; 503 when the issuer can't be asked. */
export async function callerOf(authorization: string | undefined, now: number, doors: Doors): Promise<Caller> {
  const bearer = bearerPattern.exec(authorization ?? '')?.[1];
  if (bearer === undefined) {
    throw new ApiError(401, 'no-key', 'send the header "Authorization: Bearer <access token, API key or share token>"');
  }
  if (grantKindOf(bearer)) return grantCaller(bearer, now, doors);
  if (/^[\w-]+\.[\w-]+\.[\w-]+$/.test(bearer)) return userCaller(bearer, now, doors);
  return keyCaller(bearer, now, doors);
}

async function grantCaller(token: string, now: number, { tokens, access: store, users }: Doors): Promise<Caller> {
  const grant = await tokens.find(token, now);
  const access = grant && (await store.read(grant.site));
  // A user's overlay was opened so long before its end; who has signed out everywhere since has closed it.
  const isLeft = grant?.by.kind === 'user' && grant.until - overlayMs < (await users.signedOutAt(grant.by.id));
  if (!grant || !access || isLeft || !rightOf(access, grant.by, now)) {
    throw grantKindOf(token) === 'overlay'
      ? new ApiError(401, 'overlay-over', 'this overlay has ended: open it again from the dashboard')
      : new ApiError(401, 'share-over', 'this share link’s token is over: open the link again');
  }
  return { kind: grant.kind, holder: grant.by, site: grant.site, access, until: grant.until };
}

async function userCaller(token: string, now: number, { signIn, users }: Doors): Promise<Caller> {
  if (!signIn) throw new ApiError(401, 'no-sign-in', 'no issuer of access tokens is configured here: use an API key');
  try {
    const user = await signIn.verify(token, now);
    // A token says its second, no more: the one in which somebody signed out may be of a sign-in right after it.
    if (user.provedAt < Math.floor((await users.signedOutAt(user.id)) / 1000) * 1000) {
      throw new ApiError(401, 'signed-out', 'this user has signed out everywhere: sign in again');
    }
    return { kind: 'user', holder: { kind: 'user', id: user.id }, user, token };
  } catch (error) {
    if (error instanceof TokenRefusal) throw new ApiError(401, error.code, error.message);
    throw unreachable(error);
  }
}

/** What the API says when the issuer can't be asked; any other error as it is. */
export function unreachable(error: unknown): unknown {
  if (!(error instanceof IssuerUnreachable)) return error;
  log.error('the issuer could not be asked', error.cause ?? error);
  return new ApiError(503, 'issuer-unreachable', 'sign-in can’t be verified at the moment: try again soon');
}

async function keyCaller(key: string, now: number, { access: store }: Doors): Promise<Caller> {
  const hash = hashSecret(key);
  const pointer = await store.find('key', hash);
  const access = pointer && (await store.read(pointer.site));
  const holder: Holder = { kind: 'key', id: idOfHash(hash) };
  if (!pointer || !access || !rightOf(access, holder, now)) {
    throw new ApiError(401, 'unknown-key', 'this API key is unknown or revoked');
  }
  const today = new Date(now).toISOString().slice(0, 10);
  // One write a day and key. That it was used is told to people: no request fails by it.
  if ((pointer.lastUsedOn ?? '') < today) {
    await store.used(hash, today).catch((error) => log.error('the use of a key was not noted', error));
  }
  return { kind: 'key', holder, site: pointer.site, access, until: null };
}

/** @throws ApiError 401 as above, 403 for an overlay's token. */
export async function anyCaller(authorization: string | undefined, now: number, doors: Doors): Promise<Caller> {
  const caller = await callerOf(authorization, now, doors);
  if (caller.kind === 'overlay') throw notForOverlays();
  return caller;
}

/** @throws ApiError 401 as above, 403 for whoever is no signed-in user. */
export async function signedInUser(authorization: string | undefined, now: number, doors: Doors): Promise<UserCaller> {
  const caller = await anyCaller(authorization, now, doors);
  if (caller.kind === 'user') return caller;
  throw new ApiError(403, 'users-only', 'only a signed-in user may do this: keys and share links are of one site');
}

export type SiteNeed = Extract<Access, Right>;

export interface Allowed {
  site: SiteConfig;
  caller: Caller;
  right: Right;
  access: SiteAccess;
  /** When what the caller may do ends; null: it does not by itself. */
  until: number | null;
}

/**
 * @param wanted.forOverlays whether an overlay's token may ask, too
 * @throws ApiError 401 as above; 403 for another site than the bearer's, what the bearer may not do there, or what overlays may not
 * ask; 404 for a site that does not exist.
 */
export async function authorizeSite(
  authorization: string | undefined,
  wanted: { site: string; needs: SiteNeed; forOverlays: boolean; now: number },
  doors: Doors,
): Promise<Allowed> {
  const { site, needs, now } = wanted;
  const caller = await callerOf(authorization, now, doors);
  const config = await siteOf(site, doors);
  if (config === null) throw new ApiError(404, 'unknown-site', `there is no site ${quoted(site)}`);
  if (caller.kind !== 'user' && caller.site !== site)
    throw new ApiError(403, 'other-site', 'this key belongs to another site');
  if (caller.kind === 'overlay' && !wanted.forOverlays) throw notForOverlays();
  const access = caller.kind === 'user' ? await doors.access.read(site) : caller.access;
  // An overlay reads, whoever opened it.
  const right = caller.kind === 'overlay' ? 'read' : rightOf(access, caller.holder, now);
  if (!right)
    throw new ApiError(403, 'no-member', 'you are no member of this site: ask one of its owners to invite you');
  if (!includes(right, needs)) throw mayNot(needs);
  const until = caller.kind === 'user' ? null : caller.until;
  return { site: configAt(config, now), caller, right, access, until };
}

function mayNot(needs: SiteNeed): ApiError {
  return needs === 'own'
    ? new ApiError(403, 'owners-only', 'only a signed-in owner of the site may do this')
    : new ApiError(403, 'read-only', 'this needs an owner of the site, or an API key that may write');
}

/** What is no site's id is not looked up: it may be longer than a key can be. */
const siteIdPattern = /^[\w-]{1,64}$/;

/** As it was saved last. Null: there is no such site. */
export async function siteOf(site: string, { sites }: Pick<Doors, 'sites'>): Promise<SiteConfig | null> {
  return siteIdPattern.test(site) ? sites.current(site) : null;
}

function notForOverlays(): ApiError {
  return new ApiError(403, 'overlay-only', "an overlay's token reads only what overlays draw: use an API key");
}
