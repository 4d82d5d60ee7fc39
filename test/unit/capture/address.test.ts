import { describe, expect, it } from 'vitest';
import { isPublicAddress, isReachable, parseNetworks } from '../../../functions/capture/address.ts';

describe('an address', () => {
  it.each([
    ['1.1.1.1', 'a resolver'],
    ['8.8.8.8', 'a resolver'],
    ['93.184.216.34', 'a web server'],
    ['9.255.255.255', 'just below 10.0.0.0/8'],
    ['11.0.0.0', 'just above 10.0.0.0/8'],
    ['100.63.255.255', 'just below the carriers'],
    ['100.128.0.0', 'just above the carriers'],
    ['126.255.255.255', 'just below loopback'],
    ['128.0.0.0', 'just above loopback'],
    ['169.253.255.255', 'just below link-local'],
    ['172.15.255.255', 'just below 172.16.0.0/12'],
    ['172.32.0.0', 'just above 172.16.0.0/12'],
    ['192.167.255.255', 'just below 192.168.0.0/16'],
    ['223.255.255.255', 'just below multicast'],
    ['2606:4700:4700::1111', 'a resolver'],
    ['2a00:1450:4001:82a::200e', 'a web server'],
    ['2600::', 'the least of a registry'],
  ])('%s is public: %s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    ['0.0.0.0', 'this host'],
    ['0.1.2.3', 'this network'],
    ['10.0.0.1', 'private'],
    ['10.255.255.255', 'private'],
    ['100.64.0.1', 'carrier'],
    ['100.100.100.200', 'metadata of a cloud, in the carriers'],
    ['127.0.0.1', 'loopback'],
    ['127.255.255.254', 'loopback'],
    ['168.63.129.16', "a cloud's host"],
    ['169.254.169.254', 'instance metadata'],
    ['169.254.170.2', 'container credentials'],
    ['172.16.0.1', 'private'],
    ['172.31.255.255', 'private'],
    ['192.0.0.192', 'metadata of a cloud'],
    ['192.0.2.1', 'documentation'],
    ['192.88.99.1', '6to4 relay'],
    ['192.168.0.1', 'private'],
    ['198.18.0.1', 'benchmarks'],
    ['198.51.100.1', 'documentation'],
    ['203.0.113.1', 'documentation'],
    ['224.0.0.251', 'multicast'],
    ['239.255.255.250', 'multicast'],
    ['240.0.0.1', 'reserved'],
    ['255.255.255.255', 'broadcast'],
    ['::', 'unspecified'],
    ['::1', 'loopback'],
    ['::127.0.0.1', 'IPv4-compatible'],
    ['::ffff:127.0.0.1', 'mapped loopback'],
    ['::ffff:7f00:1', 'mapped loopback in hex'],
    ['::ffff:8.8.8.8', 'mapped, whatever it maps'],
    ['::ffff:0:127.0.0.1', 'translated'],
    ['64:ff9b::a9fe:a9fe', 'NAT64 of instance metadata'],
    ['64:ff9b:1::1', 'local NAT64'],
    ['100::1', 'discard'],
    ['2001::1', 'Teredo'],
    ['2001:db8::1', 'documentation'],
    ['2002:7f00:1::', '6to4 of loopback'],
    ['3fff::1', 'documentation'],
    ['fc00::1', 'unique local'],
    ['fd00:ec2::254', 'instance metadata'],
    ['fe80::1', 'link-local'],
    ['fe80::1%eth0', 'link-local with its interface'],
    ['2606:4700:4700::1111%eth0', 'an interface of this machine'],
    ['fec0::1', 'site-local'],
    ['ff02::fb', 'multicast'],
    ['4000::1', 'not given out'],
  ])('%s is not public: %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(['', 'localhost', '127.1', '2130706433', '0x7f.0.0.1', '0177.0.0.1', '1.2.3', '[::1]', '1.1.1.1 '])(
    '%j is no address at all, so not public',
    (text) => {
      expect(isPublicAddress(text)).toBe(false);
    },
  );
});

describe('networks allowed beyond public ones', () => {
  const loopback = parseNetworks('127.0.0.0/8, ::1/128');

  it('are reachable, and nothing else that is private', () => {
    expect(isReachable('127.0.0.1', loopback)).toBe(true);
    expect(isReachable('127.9.9.9', loopback)).toBe(true);
    expect(isReachable('::1', loopback)).toBe(true);
    expect(isReachable('1.1.1.1', loopback)).toBe(true);
    expect(isReachable('10.0.0.1', loopback)).toBe(false);
    expect(isReachable('169.254.169.254', loopback)).toBe(false);
    expect(isReachable('::2', loopback)).toBe(false);
  });

  it('are not reached by their mapped address', () => {
    expect(isReachable('::ffff:127.0.0.1', loopback)).toBe(false);
    expect(isReachable('::1%lo', loopback)).toBe(false);
  });

  it('are none where the list is empty', () => {
    expect(isReachable('127.0.0.1', parseNetworks(''))).toBe(false);
    expect(isReachable('127.0.0.1', parseNetworks(' , '))).toBe(false);
  });

  it.each(['127.0.0.1', '10.0.0.0/33', 'fd00::/129', 'localhost/8', '10.0.0.0/', '10.0.0.0/x', '/8'])(
    '%j is refused by name',
    (text) => {
      expect(() => parseNetworks(text)).toThrow(`"${text}" is not a network`);
    },
  );
});
