import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { apiKeyBytes, formatApiKey, hashApiKey } from '../../../functions/sites/api-key.ts';

it('an API key can be told by its prefix, and is kept as its hash', () => {
  const apiKey = formatApiKey(randomBytes(apiKeyBytes));
  expect(apiKey).toMatch(/^sitepulse_[\w-]{32}$/);
  expect(hashApiKey(apiKey)).toMatch(/^[0-9a-f]{64}$/);
  expect(hashApiKey('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});

it('an API key is not made from too little', () => {
  expect(() => formatApiKey(randomBytes(8))).toThrow('needs 24 random bytes, not 8');
});
