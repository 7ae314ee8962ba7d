/** Proxies: which there are, as an option and as the environment of a process names them. */
import { FlowdeckError } from '@flowdeck/engine';
import type { CardsCode } from '../codes.js';
import type { Allowed } from './allow.js';
import { directHosts } from './no-proxy.js';

/** Proxies of a network, as `http://[USER:PASSWORD@]HOST:PORT`. */
export interface Proxies {
  /** For http. */
  readonly http?: string;
  /** For https: the proxy tunnels, and sees the host only. Default: `http`. */
  readonly https?: string;
  /** Hosts that are asked directly, with commas between them: `HOST`, `HOST:PORT`, `.DOMAIN`, `10.0.0.0/8`, `*`. */
  readonly none?: string;
}

/** With nothing left open. Empty text: no proxy. */
export interface ReadProxies {
  readonly http: string;
  readonly https: string;
  readonly direct: Allowed;
}

/**
 * The proxies that the environment names: `HTTP_PROXY`, `HTTPS_PROXY`, `NO_PROXY`, in small letters first. Unlike with curl,
 * https goes through the proxy for http where it has none of its own.
 *
 * @example
 * const http = httpPort({ proxies: proxiesOf(process.env) });
 */
export function proxiesOf(env: Readonly<Record<string, string | undefined>>): Proxies {
  const read = (name: string) => env[name.toLowerCase()] || env[name] || '';
  return { http: read('HTTP_PROXY'), https: read('HTTPS_PROXY'), none: read('NO_PROXY') };
}

/** Null when there is none. @throws FlowdeckError `http-options` */
export function readProxies({ http = '', https = '', none = '' }: Proxies = {}): ReadProxies | null {
  if (http === '' && https === '') return null;
  return { http: readProxy(http, 'http'), https: readProxy(https, 'https'), direct: directHosts(none) };
}

/** The proxy that a URL is asked for by; null for none. */
export function proxyFor(url: URL, proxies: ReadProxies | null): string | null {
  if (proxies === null || proxies.direct(url.hostname, portAsked(url))) return null;
  return (url.protocol === 'https:' ? proxies.https || proxies.http : proxies.http) || null;
}

/** The port of a URL, also where it is the scheme's own. */
export function portAsked(url: URL): number {
  return Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
}

/** Where a proxy is, and what it is told of who asks, if its address says it. */
export function proxyAccess(address: string): { readonly uri: string; readonly token?: string } {
  const { origin, username, password } = new URL(address);
  if (username === '' && password === '') return { uri: origin };
  // A name without password counts, and a `%` that escapes nothing is itself (as with curl).
  return { uri: origin, token: `Basic ${btoa(`${escapedBytes(username)}:${escapedBytes(password)}`)}` };
}

/** A character for each byte. */
function escapedBytes(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** Of the address nothing is told: it may hold a password. */
function readProxy(given: string, name: string): string {
  const text = given.trim();
  if (text === '') return text;
  // Most tools take a bare HOST:PORT.
  const address = text.includes('://') ? text : `http://${text}`;
  if (URL.canParse(address) && ['http:', 'https:'].includes(new URL(address).protocol)) return address;
  throw new FlowdeckError<CardsCode>('http-options', `The proxy for ${name} is not the address of a proxy.`, {
    hint: 'Write http://HOST:PORT or https://HOST:PORT; other kinds, such as SOCKS, are not spoken. In an environment it is HTTP_PROXY or HTTPS_PROXY, in capitals or not.',
  });
}
