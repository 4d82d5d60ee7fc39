import { keep, kept } from './session-keep.ts';

/** Where the dashboard finds its API: `/config.json`, written by whoever serves it. */
export interface DashboardConfig {
  apiUrl: string;
  socketUrl: string;
  site: string;
  /** Empty where the reader has to give one. */
  apiKey: string;
}

const keyInSession = 'sitepulse.key';

/** @throws Error with a sentence for the reader when there is no usable configuration. */
export async function loadConfig(): Promise<DashboardConfig> {
  const response = await fetch('config.json', { cache: 'no-store' }).catch(() => null);
  if (!response?.ok) throw new Error(`config.json could not be loaded (${response ? response.status : 'no answer'}).`);
  const value = (await response.json().catch(() => null)) as Partial<DashboardConfig> | null;
  if (typeof value?.apiUrl !== 'string' || typeof value.socketUrl !== 'string' || typeof value.site !== 'string') {
    throw new Error('config.json does not name apiUrl, socketUrl and site.');
  }
  const { apiUrl, socketUrl, site } = value;
  return { apiUrl, socketUrl, site, apiKey: kept(keyInSession) ?? value.apiKey ?? '' };
}

/** Kept for this tab only: a key is a secret, and `localStorage` outlives the reader. */
export function keepApiKey(apiKey: string): void {
  keep(keyInSession, apiKey);
}
