import type { DeletionAnswer } from '../../contract/account.ts';
import { settingsOf } from '../../contract/site.ts';
import { noAccess, type SiteAccess } from '../../sites/access.ts';
import { ApiError, quoted } from '../api-error.ts';
import type { Parameter } from '../parameters.ts';
import { missing } from '../parameters.ts';
import { type SiteCall, siteRoute } from '../route.ts';
import { array, count, object, oneOf, text } from '../schema.ts';
import { noteChange } from './change.ts';
import { closeConnections } from './revoke.ts';

const path = '/v1/sites/{site}';
const schema = object({
  site: text(),
  name: text('What `confirm` must repeat.'),
  state: oneOf(['not-asked', 'running']),
  removes: array(text()),
  loses: object({ members: count, keys: count, shares: count, invitations: count }),
});
const example: DeletionAnswer = {
  site: 'demo',
  name: 'Demo shop',
  state: 'not-asked',
  removes: ['Every counter: live figures, hours, days, pages, heatmaps, sessions.'],
  loses: { members: 2, keys: 1, shares: 0, invitations: 0 },
};

export const deletionRoute = siteRoute(
  {
    method: 'GET',
    path: `${path}/deletion`,
    needs: 'own',
    summary: 'What deleting the site would remove',
    answer: { status: 200, description: 'Nothing has been removed.', schema, example },
  },
  {},
  async (call) => ({ status: 200, json: deletionAnswer(call, 'not-asked') }),
);

const confirm: Parameter<string> = {
  name: 'confirm',
  description: 'The site’s name, as proof that this very site is meant.',
  required: true,
  schema: { type: 'string' },
  parse: (given) => given ?? missing('confirm', 'the site’s name'),
};

export const deleteSiteRoute = siteRoute(
  {
    method: 'DELETE',
    path,
    needs: 'own',
    summary: 'Deletes the site',
    description:
      'From the answer on nobody can read it or send to it, and its WebSockets are closed. What was kept of it is removed in the ' +
      'background, for good; what stands on the stream is waited for.',
    refusals: { 409: '`confirm` is not the site’s name.' },
    answer: { status: 202, description: 'It is being removed.', schema, example: { ...example, state: 'running' } },
  },
  { confirm },
  async (call, ports) => {
    const { site, now, access, values } = call;
    if (values.confirm !== site.name) {
      throw new ApiError(409, 'not-confirmed', `confirm is ${quoted(values.confirm)}, not the site’s name`);
    }
    await noteChange(call, { what: 'deletion-asked', text: site.name }, ports);
    // From here on the eraser would bring it to its end by itself.
    await ports.erasures.begin({ site: site.site, since: now, access });
    await shutOut(site.site, access, ports);
    await closeConnections(site.site, null, ports);
    return { status: 202, json: deletionAnswer(call, 'running') };
  },
);

/** Nobody can read it or send to it any more. */
async function shutOut(
  site: string,
  { writeKeys }: SiteAccess,
  { sites, access, alerts }: Pick<Parameters<typeof deleteSiteRoute.handle>[1], 'sites' | 'access' | 'alerts'>,
): Promise<void> {
  await sites.hide(site);
  await alerts.remove(site);
  for (const { id } of writeKeys) await sites.removeWriteKey(id);
  await access.change(site, () => noAccess);
}

function deletionAnswer(
  { site, access }: Pick<SiteCall<unknown>, 'site' | 'access'>,
  state: DeletionAnswer['state'],
): DeletionAnswer {
  const { members, keys, shares, invitations } = access;
  return {
    site: site.site,
    name: site.name,
    state,
    removes: [
      'Every counter: live figures, hours, days, pages and the ways between them, breakdowns, goals, funnels and heatmaps.',
      'The list of sessions, and what is remembered of visitors who are there now.',
      `Every event in the archive (kept for ${settingsOf(site).retentionDays} days), and what could not be counted.`,
      'Every picture of its pages.',
      'Its settings and their earlier versions, definitions of goals and funnels, alerts, markers, write keys and audit log.',
      'All access: members, invitations, API keys and share links.',
    ],
    loses: {
      members: members.length,
      keys: keys.length,
      shares: shares.length,
      invitations: invitations.length,
    },
  };
}
