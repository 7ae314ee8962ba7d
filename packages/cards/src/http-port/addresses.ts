/** Which IP addresses belong to the public internet: a table, and a check built from it. */
import { BlockList, isIP } from 'node:net';

interface Range {
  readonly net: string;
  readonly bits: number;
  readonly kind: string;
}

/** IANA IPv4 Special-Purpose Address Registry, and the platform addresses that clouds hide among public ones. */
const IPV4: readonly Range[] = [
  { net: '0.0.0.0', bits: 8, kind: 'an unspecified address' }, // RFC 791, RFC 1122: 0.0.0.0 reaches this machine
  { net: '10.0.0.0', bits: 8, kind: 'a private address' }, // RFC 1918
  { net: '100.64.0.0', bits: 10, kind: 'a shared carrier address' }, // RFC 6598; Alibaba's metadata service
  { net: '127.0.0.0', bits: 8, kind: 'a loopback address' }, // RFC 1122
  { net: '168.63.129.16', bits: 32, kind: 'a cloud platform address' }, // Azure's virtual public address of the host
  { net: '169.254.0.0', bits: 16, kind: 'a link-local or metadata address' }, // RFC 3927; 169.254.169.254
  { net: '172.16.0.0', bits: 12, kind: 'a private address' }, // RFC 1918
  { net: '192.0.0.0', bits: 24, kind: 'a reserved address' }, // RFC 6890; Oracle's metadata service
  { net: '192.0.2.0', bits: 24, kind: 'a documentation address' }, // RFC 5737
  { net: '192.88.99.0', bits: 24, kind: 'a reserved address' }, // RFC 7526
  { net: '192.168.0.0', bits: 16, kind: 'a private address' }, // RFC 1918
  { net: '198.18.0.0', bits: 15, kind: 'a benchmarking address' }, // RFC 2544
  { net: '198.51.100.0', bits: 24, kind: 'a documentation address' }, // RFC 5737
  { net: '203.0.113.0', bits: 24, kind: 'a documentation address' }, // RFC 5737
  { net: '224.0.0.0', bits: 4, kind: 'a multicast address' }, // RFC 5771
  { net: '240.0.0.0', bits: 4, kind: 'a reserved address' }, // RFC 1112; 255.255.255.255 is broadcast, RFC 919
];

/** Inside the allocated IPv6 space (2000::/3) and beside it. What is neither listed nor allocated is refused anyway. */
const IPV6_RANGES: readonly Range[] = [
  { net: '::', bits: 128, kind: 'an unspecified address' }, // RFC 4291
  { net: '::1', bits: 128, kind: 'a loopback address' }, // RFC 4291
  { net: '2001::', bits: 23, kind: 'a reserved address' }, // RFC 2928: Teredo (4380), benchmarking (5180), ORCHID (7343)
  { net: '2001:db8::', bits: 32, kind: 'a documentation address' }, // RFC 3849
  { net: '3fff::', bits: 20, kind: 'a documentation address' }, // RFC 9637
  { net: 'fc00::', bits: 7, kind: 'a private address' }, // RFC 4193; fd00:ec2::254
  { net: 'fe80::', bits: 10, kind: 'a link-local address' }, // RFC 4291
  { net: 'ff00::', bits: 8, kind: 'a multicast address' }, // RFC 4291
];

/** Where IPv6 addresses carry an IPv4 one: whoever is refused as IPv4 is refused in this clothing too. */
const EMBEDDINGS: readonly { readonly start: number; readonly wrap: (ipv4: string) => string }[] = [
  { start: 96, wrap: (ipv4) => `::ffff:${ipv4}` }, // RFC 4291: IPv4-mapped
  { start: 96, wrap: (ipv4) => `64:ff9b::${ipv4}` }, // RFC 6052: NAT64
  { start: 16, wrap: (ipv4) => `2002:${groups(ipv4)}::` }, // RFC 3056: 6to4
];

/** The only IPv6 space outside which nothing public lives, but for the embeddings above. */
const GLOBAL: readonly Range[] = [
  { net: '2000::', bits: 3, kind: 'global' }, // RFC 4291, IANA IPv6 Global Unicast Address Assignments
  { net: '::ffff:0.0.0.0', bits: 96, kind: 'global' },
  { net: '64:ff9b::', bits: 96, kind: 'global' },
];

/** Says what is special about an address, in words that fit "leads to ...". Null: it is public. */
export type AddressCheck = (address: string) => string | null;

/** Builds the check. Text that is no IP address counts as special: what is not understood is not connected to. */
export function addressCheck(): AddressCheck {
  const special = specialLists();
  const global = new BlockList();
  for (const { net, bits } of GLOBAL) global.addSubnet(net, bits, 'ipv6');

  return (address) => {
    // A zone id (RFC 4007) selects an interface; the range does not depend on it.
    const bare = address.replace(/%.*$/, '');
    const version = isIP(bare);
    if (version === 0) return 'something that is not an IP address';
    const family = version === 4 ? 'ipv4' : 'ipv6';
    for (const [kind, list] of special) if (list.check(bare, family)) return kind;
    return family === 'ipv6' && !global.check(bare, family) ? 'a reserved address' : null;
  };
}

/** Names that lead into the machine or the platform wherever they are resolved. The check of addresses does not see them. */
const NAMES: readonly (readonly [RegExp, string])[] = [
  [/(?:^|\.)localhost$/, 'a loopback address'], // RFC 6761, section 6.3
  [/^(?:metadata|metadata\.google\.internal|metadata\.goog)$/, 'a link-local or metadata address'], // Google Cloud
  [/^instance-data(?:\.ec2\.internal)?$/, 'a link-local or metadata address'], // Amazon EC2
];

/** What is special about a host name that somebody else resolves; null where nothing is known. */
export function kindOfName(host: string): string | null {
  return NAMES.find(([names]) => names.test(host))?.[1] ?? null;
}

/** One list per kind. No two kinds overlap. */
function specialLists(): Map<string, BlockList> {
  const lists = new Map<string, BlockList>();
  const add = ({ net, bits, kind }: Range, family: 'ipv4' | 'ipv6') => {
    const list = lists.get(kind) ?? new BlockList();
    list.addSubnet(net, bits, family);
    lists.set(kind, list);
  };
  for (const range of IPV4) add(range, 'ipv4');
  for (const range of IPV6_RANGES) add(range, 'ipv6');
  for (const { start, wrap } of EMBEDDINGS) {
    for (const { net, bits, kind } of IPV4) add({ net: wrap(net), bits: start + bits, kind }, 'ipv6');
  }
  return lists;
}

/** `10.0.0.1` as the two IPv6 groups `0a00:0001`. */
function groups(ipv4: string): string {
  const hex = ipv4.split('.').map((part) => Number(part).toString(16).padStart(2, '0'));
  return `${hex.slice(0, 2).join('')}:${hex.slice(2).join('')}`;
}
