import { createHash } from 'node:crypto';

export const secretBytes = 24;

/** What opens something: its prefix tells secret scanners, and people who find one, what it is. */
export const secretPrefix = { key: 'sitepulse_', share: 'link_', invitation: 'invite_' } as const;
export type SecretKind = keyof typeof secretPrefix;

/** A new secret from fresh random bytes. */
export function formatSecret(kind: SecretKind, random: Uint8Array): string {
  if (random.length < secretBytes)
    throw new RangeError(`a secret needs ${secretBytes} random bytes, not ${random.length}`);
  return secretPrefix[kind] + Buffer.from(random).toString('base64url');
}

/** What is stored of a secret. A plain hash is enough: it is random, so there is nothing to guess from. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** Names what a secret opens, in lists and paths: nobody gets back from it to the secret. */
export function idOfHash(hash: string): string {
  return hash.slice(0, 16);
}
