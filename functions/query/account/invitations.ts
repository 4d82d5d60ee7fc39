import { type AcceptedAnswer, sitesPerUserMax } from '../../contract/account.ts';
import { accepted } from '../../sites/access.ts';
import { hashSecret, secretPrefix } from '../../sites/secret.ts';
import { ApiError } from '../api-error.ts';
import { type UserCaller, unreachable } from '../authorize.ts';
import { parseBody, textOf } from '../json-body.ts';
import { missing } from '../parameters.ts';
import type { QueryPorts } from '../query-ports.ts';
import { userRoute } from '../route.ts';
import { object, text } from '../schema.ts';
import { changeAccess } from './change.ts';
import { role } from './schemas.ts';
import { onlyKnown } from './wish.ts';

const secretLengthMax = 200;

/** The invitation is used up in the same write that makes its user a member: of two who come at once, one gets in. */
export const acceptRoute = userRoute(
  {
    method: 'POST',
    path: '/v1/invitations',
    summary: 'Accepts an invitation',
    refusals: {
      404: 'It was never made, was used or revoked, is over seven days old, or is for another address.',
      409: 'The user is a member already, or the site or the user has as many as they can have.',
    },
    body: object({ invitation: text('The secret of the link.') }),
    answer: {
      status: 200,
      description: 'What the user is now, and where.',
      schema: object({ site: text(), name: text(), role }),
      example: { site: 'demo', name: 'Demo shop', role: 'viewer' } satisfies AcceptedAnswer,
    },
  },
  async ({ caller, body, now }, ports) => {
    const wish = parseBody(body);
    onlyKnown(wish, ['invitation']);
    const secret = textOf(wish, 'invitation') ?? missing('invitation', 'the secret of the link');
    const isOne = secret.startsWith(secretPrefix.invitation) && secret.length <= secretLengthMax;
    const hash = hashSecret(secret);
    const pointer = isOne ? await ports.access.find('invitation', hash) : null;
    const site = pointer && (await ports.sites.current(pointer.site));
    if (!site) throw new ApiError(404, 'not-there', 'there is no such invitation (any more): ask for another');
    const user = caller.holder.id;
    const email = await addressOf(caller, now, ports);
    await assertRoomForSite(user, ports);
    // Found again by the user before they are a member: a list that names a site too many is checked against its access.
    await ports.users.join(user, site.site);
    const access = await ports.access.read(site.site);
    const invited = access.invitations.find((one) => one.hash === hash);
    const changing = { site, caller, access, name: email ?? user, now };
    const done = { what: 'invitation-accepted', text: `as ${invited?.role}` } as const;
    const { members } = await changeAccess(
      changing,
      done,
      ports,
      (before) => accepted(before, { hash, user, email, now }).next,
    );
    await ports.access.unpoint('invitation', hash);
    const member = members.find(({ id }) => id === user);
    if (!member) throw new Error(`the user who accepted an invitation to ${site.site} is no member of it`);
    return { status: 200, json: { site: site.site, name: site.name, role: member.role } satisfies AcceptedAnswer };
  },
);

/** @throws ApiError 409. */
export async function assertRoomForSite(user: string, { users }: Pick<QueryPorts, 'users'>): Promise<void> {
  if ((await users.sites(user)).length < sitesPerUserMax) return;
  throw new ApiError(409, 'full', `you have ${sitesPerUserMax} sites: that is the most`);
}

export async function addressOf(
  { token, user }: UserCaller,
  now: number,
  { signIn }: Pick<QueryPorts, 'signIn'>,
): Promise<string | null> {
  try {
    return signIn ? await signIn.emailOf(token, user, now) : null;
  } catch (error) {
    throw unreachable(error);
  }
}
