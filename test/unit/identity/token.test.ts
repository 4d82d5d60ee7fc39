import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { nonceBytes, openToken, sealToken } from '../../../functions/identity/token.ts';

const secret = randomBytes(32);
const visitor = 'fedcba9876543210';
const load = '0123456789abcdef';
const seal = () => sealToken(secret, randomBytes(nonceBytes), visitor, 'demo', load);

describe('a token', () => {
  it('opens to the visitor for the load and site that it was sealed for', () => {
    expect(openToken(secret, seal(), 'demo', load)).toBe(visitor);
  });

  it('is short, safe in JSON, and does not show the visitor', () => {
    expect(seal()).toMatch(/^[\w-]{48}$/);
    expect(Buffer.from(seal(), 'base64url').toString('hex')).not.toContain(visitor);
    expect(seal()).not.toBe(seal());
  });

  it('opens for no other load, site or secret', () => {
    expect(openToken(secret, seal(), 'demo', 'aaaaaaaaaaaaaaaa')).toBeNull();
    expect(openToken(secret, seal(), 'other', load)).toBeNull();
    expect(openToken(randomBytes(32), seal(), 'demo', load)).toBeNull();
  });

  it('opens no more when any of its bits is turned', () => {
    const bytes = Buffer.from(seal(), 'base64url');
    for (let index = 0; index < bytes.length; index++) {
      const turned = Buffer.from(bytes);
      turned[index] = (turned[index] ?? 0) ^ 1;
      expect(openToken(secret, turned.toString('base64url'), 'demo', load)).toBeNull();
    }
  });

  it.each(['', 'x', 'x'.repeat(47), '?'.repeat(48), 'x'.repeat(10_000)])('is not %j', (text) => {
    expect(openToken(secret, text, 'demo', load)).toBeNull();
  });
});
