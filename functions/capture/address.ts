import { BlockList, isIP } from 'node:net';

/**
 * Which addresses a capture may reach. The pages it opens are other people's: without this, a page could have the function
 * read what only its own network should (instance metadata, neighbours, the machine itself).
 */

/** Networks allowed beyond public ones, as `CAPTURE_NETWORKS` lists them. */
export type Networks = BlockList;

/** IPv4 that is not public (https://www.iana.org/assignments/iana-ipv4-special-registry). */
const privateIPv4 = networksOf([
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10', // shared by carriers; some clouds keep their metadata service here
  '127.0.0.0/8',
  '168.63.129.16/32', // Azure's host, which looks public
  '169.254.0.0/16', // link-local: AWS's metadata services
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24', // 6to4 relays
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4', // multicast
  '240.0.0.0/4', // reserved, and broadcast
]);

/** The only part of IPv6 given out for public use. What embeds an IPv4 address, mapped or NAT64, lies outside it. */
const globalIPv6 = networksOf(['2000::/3']);
const privateIPv6 = networksOf([
  '2001::/23', // protocol assignments, with Teredo
  '2001:db8::/32',
  '2002::/16', // 6to4 embeds an IPv4 address
  '3fff::/20',
]);

export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !privateIPv4.check(address, 'ipv4');
    case 6:
      // A zone (`fe80::1%eth0`) names an interface of this machine.
      return !address.includes('%') && globalIPv6.check(address, 'ipv6') && !privateIPv6.check(address, 'ipv6');
    default:
      return false;
  }
}

export function isReachable(address: string, allowed: Networks): boolean {
  if (isPublicAddress(address)) return true;
  const family = isIP(address);
  if (family === 0 || address.includes('%')) return false;
  // A mapped address would match an IPv4 network, and be another way to the same place: it is refused under any list.
  if (family === 6 && mappedIPv4.check(address, 'ipv6')) return false;
  return allowed.check(address, family === 4 ? 'ipv4' : 'ipv6');
}

const mappedIPv4 = networksOf(['::ffff:0:0/96']);

/**
 * Reads `127.0.0.0/8,::1/128`; empty: no network.
 * @throws Error that names the part which is not a network.
 */
export function parseNetworks(text: string): Networks {
  return networksOf(
    text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  );
}

function networksOf(blocks: string[]): Networks {
  const list = new BlockList();
  for (const block of blocks) {
    const [address = '', prefix = ''] = block.split('/');
    const family = isIP(address);
    const bits = Number(prefix);
    if (family === 0 || !/^\d{1,3}$/.test(prefix) || bits > (family === 4 ? 32 : 128)) {
      throw new Error(`"${block}" is not a network: write it as 10.0.0.0/8 or fd00::/8`);
    }
    list.addSubnet(address, bits, family === 4 ? 'ipv4' : 'ipv6');
  }
  return list;
}
