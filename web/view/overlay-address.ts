import { originAllowed } from '../../functions/contract/origin.ts';

/**
 * The address that opens a page with the overlay on it. The ticket stands in the hash, which no server is sent; the snippet takes
 * it from there. Null when the address is not of the site's origins: a ticket is for its own pages only.
 */
export function overlayAddress(url: string, ticket: string, origins: readonly string[]): string | null {
  if (!URL.canParse(url) || !originAllowed(new URL(url).origin, origins)) return null;
  return `${url}#sitepulse=${ticket}`;
}
