import type { MeAnswer } from '../../functions/contract/account.ts';
import type { SitesAnswer } from '../../functions/contract/answer.ts';
import type { Access } from './access.ts';
import { requester } from './api.ts';

/** Who looks, and at which sites they may. */
export interface Account {
  me: MeAnswer;
  sites: SitesAnswer['sites'];
}

/** @throws ApiFault */
export async function loadAccount(apiUrl: string, { bearer }: Access): Promise<Account> {
  const { read } = requester({ apiUrl, bearer, fetch: (url, init) => fetch(url, init) });
  const [me, { sites }] = await Promise.all([read<MeAnswer>('/v1/me'), read<SitesAnswer>('/v1/sites')]);
  return { me, sites };
}
