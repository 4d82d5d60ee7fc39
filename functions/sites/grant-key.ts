import type { ApiKey } from '../contract/account.ts';
import { type SiteAccess, withMore } from './access.ts';
import type { AccessStore } from './access-store.ts';
import { hashSecret, idOfHash } from './secret.ts';

/** What is kept of a new key. */
export function keyOfSecret(
  secret: string,
  { label, scope, createdAt }: Pick<ApiKey, 'label' | 'scope' | 'createdAt'>,
): SiteAccess['keys'][number] {
  const hash = hashSecret(secret);
  return { id: idOfHash(hash), hash, label, scope, createdAt };
}

/**
 * Lets an API key in. Granting one that is there already does nothing, so that a seed may run again.
 * @param wish.createdAt ms since the epoch. @throws AccessRefusal `full`.
 */
export async function grantKey(
  access: AccessStore,
  site: string,
  secret: string,
  wish: Pick<ApiKey, 'label' | 'scope' | 'createdAt'>,
): Promise<void> {
  const key = keyOfSecret(secret, wish);
  if ((await access.read(site)).keys.some(({ id }) => id === key.id)) return;
  // The pointer first: alone it opens nothing.
  await access.point('key', key.hash, site, null);
  await access.change(site, (before) => withMore(before, 'keys', key));
}
