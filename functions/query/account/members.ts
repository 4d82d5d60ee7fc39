import {
  type Invitation,
  type InvitationCreatedAnswer,
  invitationMs,
  type Member,
  type MembersAnswer,
  roles,
} from '../../contract/account.ts';
import { withMore, without, withoutMember, withRole } from '../../sites/access.ts';
import { formatSecret, hashSecret, idOfHash, secretBytes } from '../../sites/secret.ts';
import { ApiError } from '../api-error.ts';
import { parseBody } from '../json-body.ts';
import { siteRoute } from '../route.ts';
import { array, object, text } from '../schema.ts';
import { changeAccess } from './change.ts';
import { endMembership } from './revoke.ts';
import { invitationProperties, memberProperties, removed, role, secret } from './schemas.ts';
import { choiceOf, emailOf, onlyKnown } from './wish.ts';

const path = '/v1/sites/{site}/members';
const member: Member = { id: 'Zk3v0m5R2h8b1Yc7Qx4Nw6', role: 'owner', email: 'ada@shop.example', since: 1795400000000 };
const invitation: Invitation = {
  id: '9f2c41d07be85a36',
  role: 'viewer',
  email: 'bob@shop.example',
  createdAt: 1795400000000,
  expiresAt: 1796004800000,
};

export const listMembersRoute = siteRoute(
  {
    method: 'GET',
    path,
    needs: 'own',
    summary: 'The site’s members and open invitations',
    answer: {
      status: 200,
      description: 'Members in the order in which they joined.',
      schema: object({ rows: array(object(memberProperties)), invitations: array(object(invitationProperties)) }),
      example: { rows: [member], invitations: [invitation] } satisfies MembersAnswer,
    },
  },
  {},
  async ({ access, now }) => {
    const open = access.invitations.filter(({ expiresAt }) => expiresAt > now);
    const invitations = open.map(({ hash: _hash, ...shown }) => shown);
    return { status: 200, json: { rows: access.members, invitations } satisfies MembersAnswer };
  },
);

export const inviteRoute = siteRoute(
  {
    method: 'POST',
    path,
    needs: 'own',
    refusals: { 409: 'The site has as many members or open invitations as it can have.' },
    summary: 'Invites somebody',
    description:
      'The secret makes a link (`<dashboard>/#invitation=<secret>`), good for seven days and one person: send it to them yourself. ' +
      'With an address, only a user with that verified address may accept it.',
    body: object({ role, email: text('Left out: whoever has the link.') }, ['email']),
    answer: {
      status: 201,
      description: 'The invitation, with its secret.',
      schema: object({ ...invitationProperties, secret }),
      example: { ...invitation, secret: 'invite_Zk3v0m5R2h8b1Yc7Qx4Nw6TgPj9LsDfA' } satisfies InvitationCreatedAnswer,
    },
  },
  {},
  async (call, ports) => {
    const wish = parseBody(call.body);
    onlyKnown(wish, ['role', 'email']);
    const wanted = { role: choiceOf(wish, 'role', roles), email: emailOf(wish) };
    const fresh = formatSecret('invitation', ports.random(secretBytes));
    const hash = hashSecret(fresh);
    const expiresAt = call.now + invitationMs;
    const made: Invitation = { id: idOfHash(hash), ...wanted, createdAt: call.now, expiresAt };
    await ports.access.point('invitation', hash, call.site.site, expiresAt);
    const done = { what: 'invited', text: `${wanted.email ?? 'whoever has the link'} as ${wanted.role}` } as const;
    await changeAccess(call, done, ports, (access) => {
      const invitations = access.invitations.filter((one) => one.expiresAt > call.now);
      return withMore({ ...access, invitations }, 'invitations', { ...made, hash });
    });
    return { status: 201, json: { ...made, secret: fresh } satisfies InvitationCreatedAnswer };
  },
);

export const changeRoleRoute = siteRoute(
  {
    method: 'PATCH',
    path: `${path}/{id}`,
    needs: 'own',
    refusals: { 409: 'The site would have no owner.' },
    summary: 'Changes a member’s role',
    body: object({ role }),
    answer: { status: 200, description: 'The member.', schema: object(memberProperties), example: member },
  },
  {},
  async (call, ports) => {
    const wish = parseBody(call.body);
    onlyKnown(wish, ['role']);
    const wanted = choiceOf(wish, 'role', roles);
    const id = call.path.id ?? '';
    const whom = call.access.members.find((one) => one.id === id);
    const done = { what: 'role-changed', text: `${whom?.email ?? id}: ${wanted}` } as const;
    const { members } = await changeAccess(call, done, ports, (access) => withRole(access, id, wanted));
    const changed = members.find((one) => one.id === id);
    if (!changed) throw new ApiError(404, 'not-there', 'there is no such member');
    return { status: 200, json: changed };
  },
);

export const removeMemberRoute = siteRoute(
  {
    method: 'DELETE',
    path: `${path}/{id}`,
    needs: 'own',
    refusals: { 409: 'The site would have no owner.' },
    summary: 'Removes a member, or revokes an invitation',
    description: 'The next request of a removed member is refused, and their WebSockets close.',
    answer: { status: 200, description: 'Who is gone.', schema: removed, example: { removed: member.id } },
  },
  {},
  async (call, ports) => {
    const id = call.path.id ?? '';
    const invited = call.access.invitations.find((one) => one.id === id);
    if (invited) {
      const done = { what: 'invitation-revoked', text: invited.email ?? 'whoever has the link' } as const;
      await changeAccess(call, done, ports, (access) => without(access, 'invitations', id));
      await ports.access.unpoint('invitation', invited.hash);
    } else {
      const whom = call.access.members.find((one) => one.id === id);
      const done = { what: 'member-removed', text: whom?.email ?? id } as const;
      await changeAccess(call, done, ports, (access) => withoutMember(access, id));
      await endMembership(call.site.site, id, ports);
    }
    return { status: 200, json: { removed: id } };
  },
);
