import { scrypt, timingSafeEqual } from 'node:crypto';

/**
 * Passwords of share links, as scrypt makes them slow to guess: 32 MiB and about 80 ms a try
 * (N = 2^15, r = 8, p = 1: OWASP's Password Storage Cheat Sheet has N = 2^15, r = 8, p = 3 as its equal at a third of the rate; tries
 * are bounded at the door besides). Text: `scrypt$15$8$1$<salt>$<hash>`, so that the cost can be raised later.
 */
const cost = { log2N: 15, r: 8, p: 1 };
const hashBytes = 32;
export const passwordSaltBytes = 16;

/** What is stored of a password. `salt`: fresh random bytes. */
export async function sealPassword(password: string, salt: Uint8Array): Promise<string> {
  const { log2N, r, p } = cost;
  const hash = await derive(password, salt, cost);
  return ['scrypt', log2N, r, p, Buffer.from(salt).toString('base64url'), hash.toString('base64url')].join('$');
}

/** Whether it is the password that `sealed` was made of. In the same time for all that are not. */
export async function isPassword(password: string, sealed: string): Promise<boolean> {
  const [name, log2N, r, p, salt = '', hash = ''] = sealed.split('$');
  if (name !== 'scrypt') throw new Error('a stored password is not of a kind that is known here');
  const wanted = Buffer.from(hash, 'base64url');
  const found = await derive(password, Buffer.from(salt, 'base64url'), {
    log2N: Number(log2N),
    r: Number(r),
    p: Number(p),
  });
  return wanted.length === found.length && timingSafeEqual(wanted, found);
}

/** The same characters may be typed in several ways: they are brought into one (NFKC, as RFC 8265 has it for passwords). */
function derive(password: string, salt: Uint8Array, { log2N, r, p }: typeof cost): Promise<Buffer> {
  const N = 2 ** log2N;
  const options = { N, r, p, maxmem: 256 * N * r };
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, hashBytes, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
