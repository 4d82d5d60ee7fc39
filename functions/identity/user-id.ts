import { createHash } from 'node:crypto';

/** Names a user of an issuer: 22 characters of base64url, the same for the same `iss` and `sub`, and nobody else's. */
export function userIdOf(issuer: string, subject: string): string {
  return createHash('sha256').update(`${issuer}\n${subject}`).digest('base64url').slice(0, 22);
}
