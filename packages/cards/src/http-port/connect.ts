/** Opens connections, and is the one place where an address is judged: after resolution, before the first packet. */
import { lookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import type { buildConnector } from 'undici';
import { type AddressCheck, addressCheck, kindOfName } from './addresses.js';
import { type Allowed, plainHost } from './allow.js';
import { BlockedAddress } from './errors.js';
import { portAsked } from './proxies.js';

/** Gives the IP addresses of a host name, in the order in which they are to be tried. */
export type Resolve = (hostname: string) => Promise<readonly string[]>;

/** The resolver of the operating system, hosts file included. */
export const systemResolve: Resolve = async (hostname) =>
  (await lookup(hostname, { all: true })).map(({ address }) => address);

export interface ConnectSettings {
  readonly allowed: Allowed;
  readonly connectTimeoutMs: number;
  readonly resolve: Resolve;
}

/**
 * A connector for undici that refuses addresses that are not public.
 *
 * The socket gets the very addresses that were checked, never the name again, so an answer of the DNS that changes
 * between check and use cannot get through.
 */
export function guardedConnector(build: typeof buildConnector, settings: ConnectSettings): buildConnector.connector {
  const { allowed, resolve } = settings;
  const check = addressCheck();
  const connector = (resolver: Resolve) =>
    build({
      timeout: settings.connectTimeoutMs,
      lookup: asLookup(resolver),
      allowH2: false,
      autoSelectFamily: true,
      // Said out loud, so that NODE_TLS_REJECT_UNAUTHORIZED=0 does not reach flows.
      rejectUnauthorized: true,
    });
  const free = connector(resolve);
  const guarded = connector(publicOnly(resolve, check));

  return (options, callback) => {
    const host = plainHost(options.hostname);
    const port = Number(options.port) || (options.protocol === 'https:' ? 443 : 80);
    if (allowed(host, port)) return free(options, callback);
    // Node does not look up literal addresses, so they never get to the guarded lookup.
    const kind = isIP(host) === 0 ? null : check(host);
    if (kind === null) return guarded(options, callback);
    queueMicrotask(() => callback(new BlockedAddress(kind), null));
  };
}

/** Refuses hosts that are not named, where only those may be reached. */
export function checkNamed(
  url: URL,
  { allowed, reach }: { readonly allowed: Allowed; readonly reach: 'public' | 'named' },
): void {
  if (reach === 'public' || allowed(plainHost(url.hostname), portAsked(url))) return;
  throw new BlockedAddress('one that is not named');
}

/**
 * Refuses what a proxy may not be asked for, by the rules for connections of our own. A name that only the proxy can
 * resolve goes through, and is the proxy's to judge: closed networks often resolve no outer name.
 */
export async function checkForProxy(url: URL, { allowed, resolve }: ConnectSettings): Promise<void> {
  const host = plainHost(url.hostname);
  const check = addressCheck();
  if (allowed(host, portAsked(url))) return;
  const named = kindOfName(host);
  if (named !== null) throw new BlockedAddress(named);
  const addresses = isIP(host) === 0 ? await resolve(host).catch(() => []) : [host];
  for (const address of addresses) {
    const kind = check(address);
    // One is enough: which of them the proxy takes is not ours to say.
    if (kind !== null) throw new BlockedAddress(kind);
  }
}

/** Keeps what is public. A name with no public address is blocked. */
function publicOnly(resolve: Resolve, check: AddressCheck): Resolve {
  return async (hostname) => {
    const addresses = await resolve(hostname);
    const open = addresses.filter((address) => check(address) === null);
    const [first] = addresses;
    if (open.length === 0 && first !== undefined) throw new BlockedAddress(check(first) ?? 'an unknown address');
    return open;
  };
}

/** In the shape that `net.connect` asks for. */
function asLookup(resolve: Resolve): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname).then(
      (addresses) => {
        const found = addresses.map((address) => ({ address, family: isIP(address) }));
        const [first] = found;
        if (first === undefined) callback(notFound(hostname), '');
        else if (options.all) callback(null, found);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), ''),
    );
  };
}

function notFound(hostname: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${hostname} has no address.`), { code: 'ENOTFOUND' });
}
