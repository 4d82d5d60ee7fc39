import { createHash } from 'node:crypto';

export const apiKeyBytes = 24;

/** A new API key from fresh random bytes. The prefix lets secret scanners (and people) tell what it opens. */
export function formatApiKey(random: Uint8Array): string {
  if (random.length < apiKeyBytes) {
    throw new RangeError(`an API key needs ${apiKeyBytes} random bytes, not ${random.length}`);
  }
  return `sitepulse_${Buffer.from(random).toString('base64url')}`;
}

/** What is stored of an API key. A plain hash is enough: the key is random, so there is nothing to guess from. */
export function hashApiKey(apiKey: string): string {
  return createHash('sha256').update(apiKey).digest('hex');
}
