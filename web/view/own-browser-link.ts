/** What the snippet is told by the end of a page's address: not to count this browser, or to count it again. */
export const ownBrowserHash = '#sitepulse=not-me';

/** Where to open a page once so that one's own browser is not counted: one address for each origin that names one host. */
export function ownBrowserLinks(origins: readonly string[]): string[] {
  return origins.filter((origin) => !origin.includes('*')).map((origin) => `${origin}/${ownBrowserHash}`);
}
