import { createCipheriv, createDecipheriv } from 'node:crypto';

/**
 * A load's identity, sealed: the visitor's hash under AES-256-GCM, good for this load of this site only. The page keeps it in
 * memory and returns it, so that neither midnight nor a change of network makes a second visitor, and can neither read nor
 * forge it. Laid out as nonce, sealed hash, tag: 36 bytes, 48 characters of base64url.
 *
 * A random 96-bit nonce may seal 2^32 loads under one key before a repeat is likelier than 2^-32 (NIST SP 800-38D, 8.3).
 */
export const nonceBytes = 12;
const tagBytes = 16;
const visitorBytes = 8;
const tokenLength = ((nonceBytes + visitorBytes + tagBytes) * 4) / 3;

/** @param visitor 16 hex digits. @param nonce fresh random bytes for every token. */
export function sealToken(secret: Uint8Array, nonce: Uint8Array, visitor: string, site: string, load: string): string {
  const cipher = createCipheriv('aes-256-gcm', secret, nonce);
  cipher.setAAD(boundTo(site, load));
  const sealed = Buffer.concat([cipher.update(visitor, 'hex'), cipher.final()]);
  return Buffer.concat([nonce, sealed, cipher.getAuthTag()]).toString('base64url');
}

/** The visitor's hash; null for a token that was not sealed by us for this very load and site. */
export function openToken(secret: Uint8Array, token: string, site: string, load: string): string | null {
  const bytes = token.length === tokenLength ? Buffer.from(token, 'base64url') : Buffer.alloc(0);
  if (bytes.length !== nonceBytes + visitorBytes + tagBytes) return null;
  const decipher = createDecipheriv('aes-256-gcm', secret, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes });
  decipher.setAAD(boundTo(site, load));
  decipher.setAuthTag(bytes.subarray(-tagBytes));
  const visitor = decipher.update(bytes.subarray(nonceBytes, -tagBytes));
  try {
    decipher.final();
  } catch {
    // The tag does not match: forged, or another load's. Node has no other way to say so.
    return null;
  }
  return visitor.toString('hex');
}

function boundTo(site: string, load: string): Buffer {
  return Buffer.from(`${site}\n${load}`);
}
