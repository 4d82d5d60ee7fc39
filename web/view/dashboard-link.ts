/** A link that carries a secret to this dashboard: what follows `#` is sent to no server. */
export function dashboardLink(
  { origin, pathname }: Pick<Location, 'origin' | 'pathname'>,
  kind: 'share' | 'invitation',
  secret: string,
): string {
  return `${origin}${pathname}#${kind}=${secret}`;
}
