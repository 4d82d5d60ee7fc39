const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' });
const languages = new Intl.DisplayNames('en', { type: 'language', fallback: 'code' });

/** `DE` → Germany. Anything that is no country's code stands as it is. */
export function countryName(code: string): string {
  if (!code) return 'Unknown';
  return /^[A-Z]{2}$/.test(code) ? (regions.of(code) ?? code) : code;
}

/** `de` → German. */
export function languageName(code: string): string {
  if (!code) return 'Unknown';
  return /^[a-z]{2,3}$/.test(code) ? (languages.of(code) ?? code) : code;
}
