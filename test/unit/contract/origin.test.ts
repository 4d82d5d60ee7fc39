import { describe, expect, it } from 'vitest';
import { originAllowed } from '../../../functions/contract/origin.ts';

describe('an origin', () => {
  it.each([
    ['https://shop.example', 'https://shop.example', true],
    ['https://SHOP.example', 'https://shop.example', true],
    ['https://shop.example:443', 'https://shop.example', true],
    ['https://shop.example:8443', 'https://shop.example', false],
    ['https://shop.example:8443', 'https://shop.example:8443', true],
    ['http://shop.example', 'https://shop.example', false],
    ['https://shop.example.evil.example', 'https://shop.example', false],
    ['https://evil.example/https://shop.example', 'https://shop.example', false],
    ['https://shop.example@evil.example', 'https://shop.example', false],
    ['https://a.shop.example', 'https://*.shop.example', true],
    ['https://a.b.shop.example', 'https://*.shop.example', true],
    ['https://shop.example', 'https://*.shop.example', false],
    ['https://.shop.example', 'https://*.shop.example', false],
    ['https://evilshop.example', 'https://*.shop.example', false],
    ['http://localhost', 'http://localhost:*', true],
    ['http://localhost:8081', 'http://localhost:*', true],
    ['http://localhost:8081', 'http://localhost', false],
    ['http://localhost.evil.example:8081', 'http://localhost:*', false],
    ['http://[::1]:8081', 'http://[::1]:*', true],
    ['null', 'https://shop.example', false],
    ['', 'https://shop.example', false],
    ['https://*', 'https://*.shop.example', false],
    [`https://${'a'.repeat(400)}.shop.example`, 'https://*.shop.example', false],
    ['https://shop.example', 'shop.example', false],
  ])('%s under the pattern %s: %s', (origin, pattern, allowed) => {
    expect(originAllowed(origin, ['https://other.example', pattern])).toBe(allowed);
  });

  it('is refused by a site without patterns', () => {
    expect(originAllowed('https://shop.example', [])).toBe(false);
  });
});
