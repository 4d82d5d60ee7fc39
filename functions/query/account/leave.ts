import type { RemovedAnswer } from '../../contract/account.ts';
import { withoutMember } from '../../sites/access.ts';
import { ApiError } from '../api-error.ts';
import { siteOf } from '../authorize.ts';
import { userRoute } from '../route.ts';
import { changeAccess } from './change.ts';
import { endMembership } from './revoke.ts';
import { removed } from './schemas.ts';

/** Below the user, not below the site: whoever may only read changes nothing there, and what ends here is the user's own. */
export const leaveRoute = userRoute(
  {
    method: 'DELETE',
    path: '/v1/me/sites/{site}',
    summary: 'Leaves a site',
    description:
      'The user is no member any more: their next request is refused, and their WebSockets there close. Only an owner can bring them ' +
      'back. API keys and share links stay, whoever made them.',
    refusals: { 404: 'The user is no member of such a site.', 409: 'The site would have no owner.' },
    answer: {
      status: 200,
      description: 'Who is gone.',
      schema: removed,
      example: { removed: 'Zk3v0m5R2h8b1Yc7Qx4Nw6' } satisfies RemovedAnswer,
    },
  },
  async ({ caller, path, now }, ports) => {
    const site = await siteOf(path.site ?? '', ports);
    const access = site && (await ports.access.read(site.site));
    const member = access?.members.find(({ id }) => id === caller.holder.id);
    if (!site || !access || !member) throw new ApiError(404, 'not-there', 'you are no member of such a site');
    const done = { what: 'member-left', text: `as ${member.role}` } as const;
    await changeAccess({ site, caller, access, now }, done, ports, (before) => withoutMember(before, member.id));
    await endMembership(site.site, member.id, ports);
    return { status: 200, json: { removed: member.id } satisfies RemovedAnswer };
  },
);
