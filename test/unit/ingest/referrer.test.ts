import { expect, it } from 'vitest';
import { referrerHost } from '../../../functions/ingest/referrer.ts';

it.each([
  ['https://www.search.example/find?q=me', 'search.example'],
  ['https://Blog.Example:8443/post', 'blog.example'],
  ['https://shop.example/cart', ''],
  ['https://www.shop.example/cart', ''],
  ['http://shop.example/cart', ''],
  ['https://m.shop.example/', 'm.shop.example'],
  ['android-app://com.mail.example/', 'com.mail.example'],
  ['', ''],
  ['not a url', ''],
  ['about:blank', ''],
  ['javascript:alert(1)', ''],
])('a visit from %j comes from %j', (referrer, host) => {
  expect(referrerHost(referrer, 'https://shop.example')).toBe(host);
});
