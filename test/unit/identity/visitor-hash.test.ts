import { expect, it } from 'vitest';
import { visitorHash } from '../../../functions/identity/visitor-hash.ts';

const salt = new Uint8Array(32).fill(1);

it('a visitor is 16 hex digits, the same for the same salt, address and agent', () => {
  expect(visitorHash(salt, '203.0.113.9', 'Mozilla')).toMatch(/^[0-9a-f]{16}$/);
  expect(visitorHash(salt, '203.0.113.9', 'Mozilla')).toBe(visitorHash(salt, '203.0.113.9', 'Mozilla'));
});

it('another salt, address or agent is another visitor, and the two are not run together', () => {
  const all = [
    visitorHash(salt, '203.0.113.9', 'Mozilla'),
    visitorHash(new Uint8Array(32), '203.0.113.9', 'Mozilla'),
    visitorHash(salt, '203.0.113.8', 'Mozilla'),
    visitorHash(salt, '203.0.113.9', 'Opera'),
    visitorHash(salt, '203.0.113.9M', 'ozilla'),
  ];
  expect(new Set(all).size).toBe(5);
});
