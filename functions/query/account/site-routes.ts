import type { Member, SitePatch } from '../../contract/account.ts';
import { goalIds } from '../../contract/goal.ts';
import { configAt, defaultPathRules, type SiteConfig } from '../../contract/site.ts';
import { dayStart, localDay } from '../../contract/time-unit.ts';
import { noAccess, withMore } from '../../sites/access.ts';
import { nextDay } from '../../sites/next-day.ts';
import type { SiteEdit } from '../../sites/site-store.ts';
import { ApiError } from '../api-error.ts';
import type { QueryPorts } from '../query-ports.ts';
import { siteRoute, userRoute } from '../route.ts';
import { object } from '../schema.ts';
import { freshId, noteChange } from './change.ts';
import { addressOf, assertRoomForSite } from './invitations.ts';
import { settingProperties, siteAnswer, siteExample, siteSchema } from './site-schema.ts';
import { parseNewSite, parsePatch } from './site-settings.ts';
import { newWriteKey } from './write-keys.ts';

/** What a small installation takes beside the page views; as yet nobody has to set it. */
const watchedRequestsPerSecondMax = 200;
const { name, zone, origins } = settingProperties;

export const createSiteRoute = userRoute(
  {
    method: 'POST',
    path: '/v1/sites',
    summary: 'Makes a site',
    description: 'Whoever makes it is its owner. Who may is the installation’s configuration: see /v1/me.',
    refusals: { 409: 'The user has as many sites as one can have.' },
    body: object({ name: name ?? {}, zone: zone ?? {}, origins: origins ?? {} }),
    answer: {
      status: 201,
      description: 'The site. /write-keys has its key.',
      schema: siteSchema,
      example: siteExample,
    },
  },
  async ({ caller, body, now }, ports) => {
    if (!ports.signIn?.mayCreateSites(caller.user)) {
      throw new ApiError(403, 'no-creator', 'your account may not make sites: ask whoever runs this installation');
    }
    const wanted = parseNewSite(body);
    const user = caller.holder.id;
    await assertRoomForSite(user, ports);
    const owner: Member = { id: user, role: 'owner', email: await addressOf(caller, now, ports), since: now };
    const site = newSiteId(ports.random);
    const writeKey = { id: newWriteKey(ports.random), createdAt: now };
    // The site itself comes last but for its key: until then nothing of it can be seen or reached.
    await ports.users.join(user, site);
    const access = withMore(withMore(noAccess, 'members', owner), 'writeKeys', writeKey);
    await noteChange({ site: { site }, caller, access, now }, { what: 'site-created', text: wanted.name }, ports);
    await ports.access.change(site, () => access);
    const fresh = { site, version: 0, ...wanted, pathRules: defaultPathRules, watchedRequestsPerSecondMax };
    const stored = await ports.sites.save(fresh);
    await ports.sites.addWriteKey(site, writeKey.id);
    return { status: 201, json: siteAnswer(stored) };
  },
);

export const readSiteRoute = siteRoute(
  {
    method: 'GET',
    path: '/v1/sites/{site}',
    needs: 'write',
    summary: 'A site’s settings',
    answer: { status: 200, description: 'All of them.', schema: siteSchema, example: siteExample },
  },
  {},
  async ({ site }) => ({ status: 200, json: siteAnswer(site) }),
);

export const changeSiteRoute = siteRoute(
  {
    method: 'PATCH',
    path: '/v1/sites/{site}',
    needs: 'write',
    summary: 'Changes a site’s settings',
    description:
      'Whatever is left out stays. Events that are on their way count by the settings under which they came in; pages hear of new ' +
      'ones within seconds.',
    body: object(settingProperties, Object.keys(settingProperties)),
    answer: { status: 200, description: 'All settings.', schema: siteSchema, example: siteExample },
  },
  {},
  async (call, ports) => {
    const patch = parsePatch(call.body);
    await noteChange(call, { what: 'settings-changed', text: Object.keys(patch).join(', ') }, ports);
    const stored = await ports.sites.edit(call.site.site, (before) =>
      patched(configAt(before, call.now), patch, call.now),
    );
    if (!stored) throw new ApiError(404, 'unknown-site', 'the site is gone');
    return { status: 200, json: siteAnswer(stored) };
  },
);

function patched(site: SiteConfig, { zone: wanted, captures, ...patch }: SitePatch, now: number): SiteEdit {
  const upcoming = wanted === undefined ? site.upcoming : upcomingZone(site, wanted, now);
  const pictures = captures && {
    captures: { enabled: captures.enabled },
    captureHideSelectors: captures.hideSelectors,
  };
  const config = { ...site, ...patch, ...pictures };
  return { config: { ...config, goalsSince: goalsSince(site, config, now) }, upcoming };
}

/** A goal or funnel counts from when its definition is there; one that goes and comes back, from then anew. */
function goalsSince(before: SiteConfig, after: SiteConfig, now: number): Record<string, number> {
  const known = new Set(goalIds(before));
  const since = goalIds(after).flatMap((id): [string, number][] => {
    // Of what came with the site it is not known.
    const at = known.has(id) ? before.goalsSince?.[id] : now;
    return at === undefined ? [] : [[id, at]];
  });
  return Object.fromEntries(since);
}

/** Days must not overlap, so a zone waits for the end of the day that runs. Undefined: it is the zone already. */
function upcomingZone(site: SiteConfig, wanted: string, now: number): { zone: string; from: number } | undefined {
  if (wanted === site.zone) return undefined;
  return { zone: wanted, from: dayStart(nextDay(localDay(now, site.zone)), site.zone) };
}

/** Part of every key of the site, for good: it says nothing of the site's name. */
function newSiteId(random: QueryPorts['random']): string {
  return `s_${freshId(random)}`;
}
