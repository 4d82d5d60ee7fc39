/** The host that a visitor came from, without `www.`; '' where there is none, or it is the site itself. */
export function referrerHost(referrer: string, ownOrigin: string): string {
  const host = hostOf(referrer);
  return host === hostOf(ownOrigin) ? '' : host;
}

function hostOf(url: string): string {
  if (!URL.canParse(url)) return '';
  return new URL(url).hostname.toLowerCase().replace(/^www\./, '');
}
