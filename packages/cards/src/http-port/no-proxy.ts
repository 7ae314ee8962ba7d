/** Hosts that are asked without a proxy, as NO_PROXY names them. */
import { BlockList, isIP } from 'node:net';
import { type Allowed, canonical, plainHost } from './allow.js';

interface Entry {
  readonly host: string;
  /** Null: at every port. */
  readonly port: number | null;
}

/**
 * Reads what curl, Go and Python read: `HOST` and its subdomains, `.DOMAIN` and `*.DOMAIN` likewise, with `:PORT` or without,
 * addresses and ranges of them (`10.0.0.0/8`), and `*` for everything. Commas and blanks separate.
 */
export function directHosts(text: string): Allowed {
  const parts = text.split(/[,\s]+/).filter((part) => part !== '');
  if (parts.includes('*')) return () => true;
  const ranges = new BlockList();
  const entries = parts.flatMap((part) => (addRange(part, ranges) ? [] : [readEntry(part)]));
  return (hostname, port) => {
    const host = plainHost(hostname);
    const version = isIP(host);
    if (version !== 0 && ranges.check(host, version === 4 ? 'ipv4' : 'ipv6')) return true;
    return entries.some((entry) => (entry.port === null || entry.port === port) && covers(entry.host, host));
  };
}

function addRange(part: string, ranges: BlockList): boolean {
  const [, net, bits] = /^\[?([0-9a-f.:]+)\]?\/(\d{1,3})$/i.exec(part) ?? [];
  if (net === undefined) return false;
  const version = isIP(net);
  if (version === 0 || Number(bits) > (version === 4 ? 32 : 128)) return false;
  ranges.addSubnet(net, Number(bits), version === 4 ? 'ipv4' : 'ipv6');
  return true;
}

function readEntry(part: string): Entry {
  // A bare IPv6 address ends in what looks like a port.
  const [, name = part, port] = (isIP(part) === 0 && /^(.+):(\d{1,5})$/.exec(part)) || [];
  return { host: asInUrl(name.replace(/^\*?\./, '')), port: port === undefined ? null : Number(port) };
}

/** Addresses have many spellings, and names of other alphabets two: hosts are compared in the one of URLs. */
function asInUrl(name: string): string {
  const plain = plainHost(name);
  // What no host can hold would become another part of a URL.
  if (/[/?#@\\]/.test(plain)) return plain;
  return canonical(isIP(plain) === 6 ? `[${plain}]` : plain) ?? plain;
}

function covers(name: string, host: string): boolean {
  return host === name || (isIP(host) === 0 && host.endsWith(`.${name}`));
}
