/**
 * Who may do what at a site: one document a site, replaced as a whole on condition that nobody else has replaced it meanwhile. So a
 * revocation is one write that the next request sees, and what must hold over several people (an owner remains) holds.
 */
import type { ApiKey, Holder, Invitation, Member, Role, Share, WriteKeyAnswer } from '../contract/account.ts';
import { apiKeysMax, invitationsMax, membersMax, sharesMax, writeKeysMax } from '../contract/account.ts';

export interface SiteAccess {
  members: Member[];
  invitations: (Invitation & { hash: string })[];
  keys: (Omit<ApiKey, 'lastUsedOn'> & { hash: string })[];
  /** `password`: as `share-password.ts` stores it; null: none is asked for. */
  shares: (Omit<Share, 'hasPassword'> & { hash: string; password: string | null })[];
  writeKeys: WriteKeyAnswer[];
}

export const noAccess: SiteAccess = {
  members: [],
  invitations: [],
  keys: [],
  shares: [],
  writeKeys: [],
};

/** Each includes the ones before it. */
export const rights = ['read', 'write', 'own'] as const;
export type Right = (typeof rights)[number];

export function includes(right: Right, wanted: Right): boolean {
  return rights.indexOf(right) >= rights.indexOf(wanted);
}

const rightOfRole: Record<Role, Right> = { owner: 'own', viewer: 'read' };

/** What the holder may do here now; null: nothing (any more). */
export function rightOf(access: SiteAccess, holder: Holder, now: number): Right | null {
  const isIt = ({ id }: { id: string }) => id === holder.id;
  if (holder.kind === 'user') {
    const member = access.members.find(isIt);
    return member ? rightOfRole[member.role] : null;
  }
  if (holder.kind === 'key') return access.keys.find(isIt)?.scope ?? null;
  const share = access.shares.find(isIt);
  return share && (share.expiresAt === null || share.expiresAt > now) ? 'read' : null;
}

/** A change that can't be made. `code` is for the API's answer, the message for people. */
export class AccessRefusal extends Error {
  readonly code: 'full' | 'not-there' | 'last-owner' | 'last-write-key' | 'already-member';
  constructor(code: AccessRefusal['code'], message: string) {
    super(message);
    this.name = 'AccessRefusal';
    this.code = code;
  }
}

const most = {
  members: membersMax,
  invitations: invitationsMax,
  keys: apiKeysMax,
  shares: sharesMax,
  writeKeys: writeKeysMax,
};
type ListName = keyof typeof most;

/** With one more in a list. @throws AccessRefusal `full`. */
export function withMore<Name extends ListName>(
  access: SiteAccess,
  list: Name,
  added: SiteAccess[Name][number],
): SiteAccess {
  const before: { id: string }[] = access[list];
  const others = before.filter(({ id }) => id !== added.id);
  if (others.length >= most[list]) {
    throw new AccessRefusal('full', `the site has ${most[list]} ${nameOf[list]}: that is the most`);
  }
  return { ...access, [list]: [...others, added] };
}

/** Without one of a list. @throws AccessRefusal `not-there`. */
export function without(access: SiteAccess, list: ListName, id: string): SiteAccess {
  const before: { id: string }[] = access[list];
  if (!before.some((one) => one.id === id))
    throw new AccessRefusal('not-there', `there are no ${nameOf[list]} called so`);
  return { ...access, [list]: before.filter((one) => one.id !== id) };
}

const nameOf: Record<ListName, string> = {
  members: 'members',
  invitations: 'open invitations',
  keys: 'API keys',
  shares: 'share links',
  writeKeys: 'write keys',
};

/** @throws AccessRefusal `last-owner`, `not-there`. */
export function withRole(access: SiteAccess, id: string, role: Role): SiteAccess {
  const member = access.members.find((one) => one.id === id);
  if (!member) throw new AccessRefusal('not-there', 'there is no such member');
  const members = access.members.map((one) => (one.id === id ? { ...one, role } : one));
  return withAnOwner({ ...access, members });
}

/** @throws AccessRefusal `last-owner`, `not-there`. */
export function withoutMember(access: SiteAccess, id: string): SiteAccess {
  return withAnOwner(without(access, 'members', id));
}

function withAnOwner(access: SiteAccess): SiteAccess {
  if (access.members.some(({ role }) => role === 'owner')) return access;
  throw new AccessRefusal('last-owner', 'a site keeps at least one owner: make somebody else an owner first');
}

/**
 * With the invited user as a member, and without the invitation. A member who was a viewer may become an owner by it, never the
 * other way round. @throws AccessRefusal `not-there`: used, revoked or over; `already-member`; `full`.
 */
export function accepted(
  access: SiteAccess,
  { hash, user, email, now }: { hash: string; user: string; email: string | null; now: number },
): { next: SiteAccess; role: Role } {
  const invitation = access.invitations.find((one) => one.hash === hash);
  const isOpen = invitation && invitation.expiresAt > now;
  if (!isOpen || (invitation.email !== null && invitation.email !== email)) {
    throw new AccessRefusal('not-there', 'this invitation was used, revoked, is over, or is for another address');
  }
  const member = access.members.find(({ id }) => id === user);
  if (member && (member.role === 'owner' || invitation.role === 'viewer')) {
    throw new AccessRefusal('already-member', `you are ${member.role} of this site already`);
  }
  const joined: Member = { id: user, role: invitation.role, email, since: member?.since ?? now };
  return { next: withMore(without(access, 'invitations', invitation.id), 'members', joined), role: invitation.role };
}
