/**
 * Whether pages of an origin may send. Patterns are `https://shop.example`, `https://*.shop.example` (any subdomain, not the
 * domain itself) and `http://localhost:*` (any port; without one, the scheme's own port is meant).
 */
export function originAllowed(origin: string, patterns: readonly string[]): boolean {
  const sender = parseOrigin(origin);
  return sender !== null && patterns.some((pattern) => originMatches(sender, pattern));
}

/** Whether a pattern is one of those kinds: an asterisk stands only before a host's first dot, or for the port. */
export function isOriginPattern(text: string): boolean {
  const host = parseOrigin(text)?.host;
  if (host === undefined) return false;
  return host.startsWith('[') || /^(\*\.)?([a-z\d_]([a-z\d_-]*[a-z\d_])?\.)*[a-z\d]([a-z\d-]*[a-z\d])?$/.test(host);
}

interface Origin {
  scheme: string;
  host: string;
  port: string;
}

const originLengthMax = 300;
const defaultPort: Record<string, string> = { http: '80', https: '443' };

/** Origins as browsers write them, and patterns alike: `URL` would refuse their asterisks. */
function parseOrigin(text: string): Origin | null {
  if (text.length > originLengthMax) return null;
  const match = /^(https?):\/\/([^/:@?#\s[\]]+|\[[0-9a-f:.]+\])(?::(\d{1,5}|\*))?$/i.exec(text);
  if (!match) return null;
  const scheme = (match[1] ?? '').toLowerCase();
  return { scheme, host: (match[2] ?? '').toLowerCase(), port: match[3] ?? defaultPort[scheme] ?? '' };
}

function originMatches(sender: Origin, pattern: string): boolean {
  const allowed = parseOrigin(pattern);
  if (!allowed || allowed.scheme !== sender.scheme) return false;
  if (allowed.port !== '*' && allowed.port !== sender.port) return false;
  if (!allowed.host.startsWith('*.')) return allowed.host === sender.host;
  return sender.host.length > allowed.host.length - 1 && sender.host.endsWith(allowed.host.slice(1));
}
