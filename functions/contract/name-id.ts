/**
 * Eight characters that stand for a page's path or a breakdown's value in keys and names: 48 bits of the cyrb53 hash
 * (bryc, public domain, https://github.com/bryc/code/blob/master/jshash/experimental/cyrb53.js). With the 1,024 pages that a
 * site's day admits, two paths share an id with a chance of 2 in a billion.
 */
export function nameId(text: string): string {
  let h1 = 0xdeadbeef;
  let h2 = 0x41c6ce57;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    h1 = Math.imul(h1 ^ code, 2654435761);
    h2 = Math.imul(h2 ^ code, 1597334677);
  }
  h1 = Math.imul(h1 ^ (h1 >>> 16), 2246822507) ^ Math.imul(h2 ^ (h2 >>> 13), 3266489909);
  h2 = Math.imul(h2 ^ (h2 >>> 16), 2246822507) ^ Math.imul(h1 ^ (h1 >>> 13), 3266489909);
  let high = h1 >>> 0;
  let low = h2 >>> 0;
  let id = '';
  for (let index = 0; index < 4; index++) {
    id += digits[low & 63];
    low >>>= 6;
    id += digits[high & 63];
    high >>>= 6;
  }
  return id;
}

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz-';
