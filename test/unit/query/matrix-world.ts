/** A site with everybody who may, might or must not ask there, each with the bearer that they come with. */
import type { Member, Role } from '../../../functions/contract/account.ts';
import { withMore } from '../../../functions/sites/access.ts';
import { grantKey } from '../../../functions/sites/grant-key.ts';
import { hashSecret, idOfHash } from '../../../functions/sites/secret.ts';
import { demoApi, now } from './demo-api.ts';
import { forgedTokens, testSignIn, tokenOf, userOf } from './people.ts';

/** What a caller can show: `null` for nothing that is good. Otherwise the scheme of the OpenAPI document, and the roles they have there. */
export type Standing = null | { scheme: 'user' | 'key' | 'share' | 'overlay'; roles: string[] };
export interface Asker {
  name: string;
  bearer: string;
  standing: Standing;
}

const member = (sub: string, role: Role): Member => ({ id: userOf(sub), role, email: `${sub}@shop.example`, since: 0 });
const user = (roles: string[]): Standing => ({ scheme: 'user', roles });

export const forged = await forgedTokens('owner-of-demo');

/** Fresh each time: what one request changes, no other meets. */
export async function matrixWorld() {
  const api = await demoApi();
  const { access, users, tokens, sites, connections } = api.ports;
  api.ports.signIn = testSignIn(undefined, '*');
  for (const [site, subs] of [
    ['demo', ['owner-of-demo', 'viewer-of-demo']],
    ['other', ['owner-of-other']],
  ] as const) {
    for (const sub of subs) {
      const role = sub.startsWith('owner') ? 'owner' : 'viewer';
      await access.change(site, (before) => withMore(before, 'members', member(sub, role)));
      await users.join(userOf(sub), site);
    }
  }
  await grantKey(access, 'demo', 'sitepulse_read', { label: 'Reads', scope: 'read', createdAt: 0 });
  await access.point('key', hashSecret('sitepulse_revoked'), 'demo', null);
  const share = (id: string, expiresAt: number | null) => ({
    id,
    hash: hashSecret(`link_${id}`),
    label: id,
    createdAt: 0,
    expiresAt,
    password: null,
  });
  for (const one of [share('shared', null), share('over', now - 1)]) {
    await access.change('demo', (before) => withMore(before, 'shares', one));
    await access.point('share', one.hash, 'demo', null);
  }
  const until = now + 600_000;
  const grant = (kind: 'overlay' | 'share', by: { kind: 'user' | 'share'; id: string }, site = 'demo', end = until) =>
    tokens.issue({ kind, site, until: end, by });
  const owner = { kind: 'user', id: userOf('owner-of-demo') } as const;
  const sharer = (id: string) => ({ kind: 'share', id }) as const;
  await users.signOut(userOf('signed-out'), now - 1_000);
  const askers: Asker[] = [
    { name: 'nobody', bearer: '', standing: null },
    { name: 'rubbish', bearer: 'rubbish', standing: null },
    ...Object.entries(forged).map(([name, bearer]) => ({ name: `a token: ${name}`, bearer, standing: null })),
    { name: 'a user who signed out everywhere', bearer: await tokenOf('signed-out'), standing: null },
    { name: 'the owner', bearer: await tokenOf('owner-of-demo'), standing: user(['owner', 'viewer']) },
    { name: 'a viewer', bearer: await tokenOf('viewer-of-demo'), standing: user(['viewer']) },
    { name: 'the owner of another site', bearer: await tokenOf('owner-of-other'), standing: user([]) },
    { name: 'a stranger', bearer: await tokenOf('stranger'), standing: user([]) },
    { name: 'a key that may write', bearer: 'key-of-demo', standing: { scheme: 'key', roles: ['read', 'write'] } },
    { name: 'a key that may read', bearer: 'sitepulse_read', standing: { scheme: 'key', roles: ['read'] } },
    { name: 'a revoked key', bearer: 'sitepulse_revoked', standing: null },
    { name: 'an unknown key', bearer: 'sitepulse_made-up', standing: null },
    { name: 'a share link', bearer: await grant('share', sharer('shared')), standing: { scheme: 'share', roles: [] } },
    { name: 'a share link that is over', bearer: await grant('share', sharer('over')), standing: null },
    { name: 'a revoked share link', bearer: await grant('share', sharer('revoked')), standing: null },
    {
      name: 'a share’s token that is over',
      bearer: await grant('share', sharer('shared'), 'demo', now),
      standing: null,
    },
    { name: 'an overlay', bearer: await grant('overlay', owner), standing: { scheme: 'overlay', roles: [] } },
    { name: 'an overlay of a revoked share link', bearer: await grant('overlay', sharer('revoked')), standing: null },
    { name: 'an overlay that is over', bearer: await grant('overlay', owner, 'demo', now), standing: null },
  ];
  return { ...api, access, sites, connections, askers };
}

/** Callers who are good, but of another site. */
export async function foreigners(world: Awaited<ReturnType<typeof matrixWorld>>): Promise<Asker[]> {
  const by = { kind: 'key', id: idOfHash(hashSecret('key-of-other')) } as const;
  const overlay = { kind: 'overlay', site: 'other', until: now + 600_000, by } as const;
  return [
    { name: 'a key of another site', bearer: 'key-of-other', standing: { scheme: 'key', roles: [] } },
    {
      name: 'an overlay of another site',
      bearer: await world.ports.tokens.issue(overlay),
      standing: { scheme: 'overlay', roles: [] },
    },
  ];
}
