import type { ShareTokenAnswer } from '../../functions/contract/account.ts';
import { requester } from './api.ts';
import type { OpenShare } from './share-access.ts';

const browserFetch = (url: string, init: RequestInit) => fetch(url, init);

/** Opens a share link. @throws ApiFault `password-needed`, `wrong-password` or `bad-share`, with a sentence */
export async function openShare(apiUrl: string, share: string, password: string): Promise<OpenShare> {
  const { send } = requester({ apiUrl, bearer: null, fetch: browserFetch });
  const body = { share, ...(password === '' ? {} : { password }) };
  const { token, site, forMs } = await send<ShareTokenAnswer>('POST', '/v1/share-tokens', body);
  return { token, site, endsAt: Date.now() + forMs };
}

/** Lets nothing in any more that was issued to this user until now, on any machine. @throws ApiFault */
export async function signOutEverywhere(apiUrl: string, bearer: () => Promise<string>): Promise<void> {
  await requester({ apiUrl, bearer, fetch: browserFetch }).send('POST', '/v1/me/sign-out', {});
}
