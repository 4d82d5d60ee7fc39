import type { DashboardConfiguration } from '../functions/contract/sign-in.ts';

/** Where the dashboard finds its API and its issuer: `/config.json`, written by whoever serves it. @throws Error with a sentence for the reader. */
export async function loadConfiguration(): Promise<DashboardConfiguration> {
  const response = await fetch('config.json', { cache: 'no-store' }).catch(() => null);
  if (!response?.ok) throw new Error(`config.json could not be loaded (${response ? response.status : 'no answer'}).`);
  const value = (await response.json().catch(() => null)) as Partial<DashboardConfiguration> | null;
  if (typeof value?.apiUrl !== 'string' || typeof value.socketUrl !== 'string') {
    throw new Error('config.json does not name apiUrl and socketUrl.');
  }
  return { apiUrl: value.apiUrl, socketUrl: value.socketUrl, oidc: value.oidc ?? null };
}
