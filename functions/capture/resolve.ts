import { lookup } from 'node:dns/promises';
import { isReachable, type Networks } from './address.ts';

/** Asks a name for its addresses. */
export type Lookup = (name: string) => Promise<string[]>;

/** As the system does, hosts file included. */
export const systemLookup: Lookup = async (name) =>
  (await lookup(name, { all: true, verbatim: true })).map(({ address }) => address);

export type Resolution = { addresses: string[] } | { refused: string };

/**
 * The addresses of a host as it stands in a URL, if all of them may be reached. All must: a name that also leads to a
 * private network is up to no good, and which of its addresses is dialled would be chance.
 * @throws when the name can't be resolved.
 */
export async function resolve(host: string, networks: Networks, lookUp: Lookup = systemLookup): Promise<Resolution> {
  const name = host
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '')
    .toLowerCase();
  // Multicast DNS asks the neighbours.
  if (name === 'local' || name.endsWith('.local')) return { refused: `${name} is a name of the local network` };
  const addresses = await lookUp(name);
  const unreachable = addresses.find((address) => !isReachable(address, networks));
  if (unreachable !== undefined) return { refused: `${name} leads to ${unreachable}, which is not a public address` };
  return { addresses };
}
