import { BlockList, isIP } from 'node:net';

/** Whether it is a CIDR block (`203.0.113.0/24`, `2001:db8::/32`) or one address. */
export function isNetwork(text: string): boolean {
  return parse(text) !== null;
}

/** Tells of an address whether it lies in one of the blocks. Blocks that can't be read hold none. */
export function networksOf(blocks: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const block of blocks) {
    const parsed = parse(block);
    if (parsed) list.addSubnet(parsed.address, parsed.prefix, parsed.family);
  }
  return (address) => {
    const family = familyOf(address);
    return family !== null && list.check(address, family);
  };
}

function parse(text: string): { address: string; prefix: number; family: 'ipv4' | 'ipv6' } | null {
  const [address = '', length, ...more] = text.split('/');
  const family = familyOf(address);
  if (!family || more.length > 0) return null;
  const bits = family === 'ipv4' ? 32 : 128;
  const prefix = length === undefined ? bits : /^\d{1,3}$/.test(length) ? Number(length) : -1;
  return prefix >= 0 && prefix <= bits ? { address, prefix, family } : null;
}

/** A zone (`fe80::1%eth0`) names an interface of some machine: no network. */
function familyOf(address: string): 'ipv4' | 'ipv6' | null {
  if (address.includes('%')) return null;
  return ({ 4: 'ipv4', 6: 'ipv6' } as const)[isIP(address)] ?? null;
}
