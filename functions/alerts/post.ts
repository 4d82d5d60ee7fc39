import { request } from 'node:https';
import type { Networks } from '../capture/address.ts';
import { type Lookup, resolve } from '../capture/resolve.ts';

export interface PostOptions {
  /** Beyond public ones. */
  networks: Networks;
  lookUp?: Lookup;
  /** Of the certificates that are believed, beside the system's. */
  ca?: string;
  /** From the first byte that is sent to the head of the answer. @default 5,000 */
  withinMs?: number;
}

const withinMsMax = 5_000;

/**
 * Posts JSON to an HTTPS address on the public internet. The name is resolved once, every address of it is checked, and that very address
 * is dialled, so that an address book which changes its mind between the two leads nowhere. Redirects are not followed.
 * @throws Error when it may not be reached, does not answer in 5 s, or answers other than 2xx.
 */
export async function postJson(
  url: string,
  body: string,
  headers: Record<string, string>,
  { networks, lookUp, ca, withinMs = withinMsMax }: PostOptions,
): Promise<void> {
  const { protocol, hostname, port, pathname, search, username } = new URL(url);
  if (protocol !== 'https:' || username !== '')
    throw new Error('only https addresses without a user name are posted to');
  const found = await resolve(hostname, networks, lookUp);
  if ('refused' in found) throw new Error(found.refused);
  const status = await new Promise<number>((done, fail) => {
    const sent = request(
      {
        host: found.addresses[0],
        servername: hostname,
        port: port || 443,
        path: `${pathname}${search}`,
        method: 'POST',
        headers: {
          host: new URL(url).host,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          ...headers,
        },
        ...(ca && { ca }),
      },
      (answer) => {
        // What it says is nobody's business here.
        answer.destroy();
        done(answer.statusCode ?? 0);
      },
    );
    // Of the whole: an answer that drips would never be idle.
    const end = setTimeout(() => sent.destroy(new Error(`no answer in ${withinMs} ms`)), withinMs);
    sent.on('close', () => clearTimeout(end));
    sent.on('error', fail);
    sent.end(body);
  });
  if (status < 200 || status > 299) throw new Error(`answered ${status}`);
}
