import type { SiteConfig } from '../contract/site.ts';
import type { SiteStore } from '../sites/site-store.ts';
import { ApiError, quoted } from './api-error.ts';

/** The site that the bearer key may read. @throws ApiError 401 when it is missing, malformed or unknown. */
export async function siteOfBearer(authorization: string | undefined, sites: SiteStore): Promise<string> {
  const key = /^Bearer +(\S{1,200})$/i.exec(authorization ?? '')?.[1];
  if (key === undefined) throw new ApiError(401, 'no-key', 'send the header "Authorization: Bearer <API key>"');
  const site = await sites.siteOfApiKey(key);
  if (site === null) throw new ApiError(401, 'unknown-key', 'this API key is unknown or revoked');
  return site;
}

/** What is no site's id is not looked up: it may be longer than a key can be. */
const siteIdPattern = /^[\w-]{1,64}$/;

/** @throws ApiError 401 as above, 403 for another site than the key's, 404 for a site that does not exist. */
export async function authorizeSite(
  authorization: string | undefined,
  site: string,
  sites: SiteStore,
): Promise<SiteConfig> {
  const own = await siteOfBearer(authorization, sites);
  const config = siteIdPattern.test(site) ? await sites.current(site) : null;
  if (config === null) throw new ApiError(404, 'unknown-site', `there is no site ${quoted(site)}`);
  if (own !== site) throw new ApiError(403, 'other-site', 'this API key belongs to another site');
  return config;
}
