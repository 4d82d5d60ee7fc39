import { describe, expect, it } from 'vitest';
import { overlayAddress } from '../../../web/view/overlay-address.ts';

const origins = ['https://shop.example', 'https://*.shop.example'];

describe('the address that opens the overlay', () => {
  it('bears the ticket where no server sees it', () => {
    const address = overlayAddress('https://shop.example/sale', 'abc', origins);
    expect(address).toBe('https://shop.example/sale#sitepulse=abc');
    expect(new URL(address ?? '').search).toBe('');
  });

  it('keeps the hash that is part of a path', () => {
    expect(overlayAddress('https://m.shop.example/#/orders', 'abc', origins)).toBe(
      'https://m.shop.example/#/orders#sitepulse=abc',
    );
  });

  it.each(['https://evil.example/', 'http://shop.example/', 'javascript:alert(1)', 'no address', ''])(
    'is none for %s: a ticket is for pages of the site alone',
    (url) => expect(overlayAddress(url, 'abc', origins)).toBeNull(),
  );
});
