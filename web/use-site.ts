/** Which site is looked at: `?site=` in the address, else the one that was looked at last, else the first. */
import { useSyncExternalStore } from 'react';

const lastInStorage = 'sitepulse.site';

/** Not a secret, and of use in the next tab, too. */
function lastSite(): string {
  try {
    return localStorage.getItem(lastInStorage) ?? '';
  } catch {
    return '';
  }
}

export function keepSite(site: string): void {
  try {
    localStorage.setItem(lastInStorage, site);
  } catch {
    // A browser that keeps nothing for this page: the next tab begins with the first site.
  }
}

/** The address of a site's page. @param hash such as `#/live` */
export function siteAddress(site: string, hash: string): string {
  return `?${new URLSearchParams({ site })}${hash}`;
}

/** Goes to another site's page without loading anything; the back button comes back. */
export function goToSite(site: string, hash: string): void {
  history.pushState(null, '', siteAddress(site, hash));
  dispatchEvent(new PopStateEvent('popstate'));
  dispatchEvent(new HashChangeEvent('hashchange'));
}

function onAddress(listener: () => void): () => void {
  addEventListener('popstate', listener);
  return () => removeEventListener('popstate', listener);
}
function siteInAddress(): string {
  return new URLSearchParams(location.search).get('site') ?? '';
}

/** `named`: the address says so. `site` is empty while nobody knows. */
export function useChosenSite(sites: readonly { site: string }[] | null): { site: string; named: boolean } {
  const inAddress = useSyncExternalStore(onAddress, siteInAddress);
  if (inAddress) return { site: inAddress, named: true };
  const last = lastSite();
  const isThere = sites === null || sites.some(({ site }) => site === last);
  return { site: last && isThere ? last : (sites?.[0]?.site ?? ''), named: false };
}
