import { createHash, timingSafeEqual } from 'node:crypto';

/** What is known of who sent a request. Address and agent go into the visitor's hash and nowhere else. */
export interface Viewer {
  address: string;
  userAgent: string;
  /** ISO 3166-1 alpha-2, or ''. */
  country: string;
}

/**
 * The viewer as the edge saw them, believed only with the edge's secret; else (and always where no secret is configured) as the
 * API saw the connection. Anybody may write these headers: without the secret, one script could be a thousand visitors.
 * `headers` have lower-case names.
 */
export function viewerOf(
  headers: Readonly<Record<string, string | undefined>>,
  connection: { address: string; userAgent: string },
  edgeSecret: string,
): Viewer {
  if (edgeSecret === '' || !isSame(headers['x-sitepulse-edge'] ?? '', edgeSecret))
    return { ...connection, country: '' };
  return {
    address: headers['x-sitepulse-viewer'] || connection.address,
    userAgent: headers['x-sitepulse-agent'] ?? connection.userAgent,
    country: countryOf(headers['cloudfront-viewer-country'] ?? ''),
  };
}

/** Hashed first: the comparison wants equal lengths, and must not tell the secret's length. */
function isSame(found: string, secret: string): boolean {
  return timingSafeEqual(createHash('sha256').update(found).digest(), createHash('sha256').update(secret).digest());
}

/** `XX` and `T1` are what edges write for unknown and for Tor. */
function countryOf(code: string): string {
  return /^[A-Z]{2}$/.test(code) && code !== 'XX' ? code : '';
}
