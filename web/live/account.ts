import type { MeAnswer } from '../../functions/contract/account.ts';
import type { SitesAnswer } from '../../functions/contract/answer.ts';
import type { Access } from './access.ts';
import { requester } from './api.ts';

/** Who looks, and at which sites they may. */
export interface Account {
  me: MeAnswer;
  sites: SitesAnswer['sites'];
}

/** Two questions: what is shown first hangs on the sites alone. Both throw ApiFault. */
export function accountQuestions(apiUrl: string, { bearer }: Access) {
  const { read } = requester({ apiUrl, bearer, fetch: (url, init) => fetch(url, init) });
  return {
    me: () => read<MeAnswer>('/v1/me'),
    sites: async () => (await read<SitesAnswer>('/v1/sites')).sites,
  };
}
