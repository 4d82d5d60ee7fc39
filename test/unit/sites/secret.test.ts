import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { formatSecret, hashSecret, secretBytes } from '../../../functions/sites/secret.ts';

it('an API key can be told by its prefix, and is kept as its hash', () => {
  const apiKey = formatSecret('key', randomBytes(secretBytes));
  expect(apiKey).toMatch(/^sitepulse_[\w-]{32}$/);
  expect(hashSecret(apiKey)).toMatch(/^[0-9a-f]{64}$/);
  expect(hashSecret('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});

it('an API key is not made from too little', () => {
  expect(() => formatSecret('key', randomBytes(8))).toThrow('needs 24 random bytes, not 8');
});
