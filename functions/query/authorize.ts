import type { SiteConfig } from '../contract/site.ts';
import { ApiError, quoted } from './api-error.ts';
import { overlayTokenPrefix } from './overlay-tokens.ts';
import type { QueryPorts } from './query-ports.ts';

/** Whose a bearer is. `until`: an overlay's token, which reads what overlays draw and ends then; null: an API key. */
export interface Bearer {
  site: string;
  until: number | null;
}
type Doors = Pick<QueryPorts, 'sites' | 'overlays'>;

/** @throws ApiError 401 when the bearer is missing, malformed, unknown or over. */
export async function bearerOf(authorization: string | undefined, now: number, doors: Doors): Promise<Bearer> {
  const key = /^Bearer +(\S{1,200})$/i.exec(authorization ?? '')?.[1];
  if (key === undefined) throw new ApiError(401, 'no-key', 'send the header "Authorization: Bearer <API key>"');
  if (key.startsWith(overlayTokenPrefix)) {
    const grant = await doors.overlays.find(key, now);
    if (!grant) throw new ApiError(401, 'overlay-over', 'this overlay has ended: open it again from the dashboard');
    return grant;
  }
  const site = await doors.sites.siteOfApiKey(key);
  if (site === null) throw new ApiError(401, 'unknown-key', 'this API key is unknown or revoked');
  return { site, until: null };
}

/** The site that the bearer may read, of a key only. @throws ApiError 401 as above, 403 for an overlay's token. */
export async function siteOfKey(authorization: string | undefined, now: number, doors: Doors): Promise<string> {
  const { site, until } = await bearerOf(authorization, now, doors);
  if (until !== null) throw notForOverlays();
  return site;
}

/**
 * @param forOverlays whether an overlay's token may ask, too
 * @throws ApiError 401 as above, 403 for another site than the bearer's or what overlays may not ask, 404 for a site that
 * does not exist.
 */
export async function authorizeSite(
  authorization: string | undefined,
  { site, forOverlays, now }: { site: string; forOverlays: boolean; now: number },
  doors: Doors,
): Promise<{ site: SiteConfig; until: number | null }> {
  const own = await bearerOf(authorization, now, doors);
  const config = await siteOf(site, doors);
  if (config === null) throw new ApiError(404, 'unknown-site', `there is no site ${quoted(site)}`);
  if (own.site !== site) throw new ApiError(403, 'other-site', 'this key belongs to another site');
  if (own.until !== null && !forOverlays) throw notForOverlays();
  return { site: config, until: own.until };
}

/** What is no site's id is not looked up: it may be longer than a key can be. */
const siteIdPattern = /^[\w-]{1,64}$/;

/** Null: there is no such site. */
export async function siteOf(site: string, { sites }: Pick<Doors, 'sites'>): Promise<SiteConfig | null> {
  return siteIdPattern.test(site) ? sites.current(site) : null;
}

function notForOverlays(): ApiError {
  return new ApiError(403, 'overlay-only', "an overlay's token reads only what overlays draw: use an API key");
}
