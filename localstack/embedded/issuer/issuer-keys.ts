import { generateKeyPair, type JsonWebKey, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';

/** What the issuer signs with: tokens, and its cookies. */
export interface IssuerKeys {
  jwk: JsonWebKey;
  cookieSecret: string;
}

/** The keys that earlier runs made, so that tokens and sessions outlive a restart; new ones where there are none. */
export async function issuerKeys(file: string): Promise<IssuerKeys> {
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as IssuerKeys;
  // As Cognito signs: RS256.
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  const jwk = {
    ...privateKey.export({ format: 'jwk' }),
    alg: 'RS256',
    use: 'sig',
    kid: randomBytes(8).toString('hex'),
  };
  const keys: IssuerKeys = { jwk, cookieSecret: randomBytes(32).toString('base64url') };
  writeFileSync(file, JSON.stringify(keys), { mode: 0o600 });
  return keys;
}
