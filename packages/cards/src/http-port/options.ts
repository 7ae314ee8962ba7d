/** What a host application can set on the port, and what holds when it sets nothing. */
import { FlowdeckError } from '@flowdeck/engine';
import type { CardsCode } from '../codes.js';
import { type Allowed, allowedHosts } from './allow.js';
import { type Resolve, systemResolve } from './connect.js';
import { isFieldValue } from './headers.js';
import { boundedNumber, longestTime } from './numbers.js';
import { type Proxies, type ReadProxies, readProxies } from './proxies.js';

/** Settings of `httpPort`. Everything has a safe default. */
export interface HttpPortOptions {
  /**
   * Hosts that may be reached although their addresses are not public: `host` (any port), `host:port`, or
   * `*.domain` (its subdomains). Public hosts need no entry. Default: none.
   */
  readonly allowHosts?: readonly string[];
  /** `public` (default): every public host, and those of `allowHosts`. `named`: those of `allowHosts` only, redirects included. */
  readonly reach?: 'public' | 'named';
  /** Milliseconds for a whole exchange, redirects included, when the request sets none. Default 60,000. */
  readonly timeoutMs?: number;
  /** The most milliseconds that a request may ask for. Default 600,000, or `timeoutMs` if that is more. */
  readonly maxTimeoutMs?: number;
  /** Milliseconds to resolve a name and connect. Default 10,000. */
  readonly connectTimeoutMs?: number;
  /** Bytes of an answer's body, counted both as sent and as decompressed. Default 10 MiB. */
  readonly maxResponseBytes?: number;
  /** Bytes of a request's body. Default 10 MiB. */
  readonly maxRequestBytes?: number;
  /** Redirects followed in one exchange. 0: a redirect is an error. Default 20, as of fetch. */
  readonly maxRedirects?: number;
  /** Connections to one origin at a time; further requests wait. Default 64. */
  readonly maxConcurrent?: number;
  /** The `User-Agent` sent when the request has none. Default `flowdeck`. */
  readonly userAgent?: string;
  /** Ways out of a closed network. Default: none, whatever the environment says; see `proxiesOf`. */
  readonly proxies?: Proxies;
  /** Gives the addresses of a host name. Default: the resolver of the operating system. Its answers are checked too. */
  readonly resolve?: Resolve;
}

/** The options with all defaults filled in. */
export interface Settings extends Required<Omit<HttpPortOptions, 'allowHosts' | 'proxies'>> {
  readonly allowed: Allowed;
  /** Null: every service is asked directly. */
  readonly proxies: ReadProxies | null;
}

/** @throws FlowdeckError `http-options` naming the option that cannot be used. */
export function readOptions(options: HttpPortOptions): Settings {
  const timeoutMs = boundedNumber('timeoutMs', options);
  return {
    allowed: allowedHosts(options.allowHosts ?? []),
    reach: readReach(options.reach ?? 'public'),
    timeoutMs,
    maxTimeoutMs: longestTime(options, timeoutMs),
    connectTimeoutMs: boundedNumber('connectTimeoutMs', options),
    maxResponseBytes: boundedNumber('maxResponseBytes', options),
    maxRequestBytes: boundedNumber('maxRequestBytes', options),
    maxRedirects: boundedNumber('maxRedirects', options),
    maxConcurrent: boundedNumber('maxConcurrent', options),
    userAgent: readUserAgent(options.userAgent ?? 'flowdeck'),
    proxies: readProxies(options.proxies),
    resolve: options.resolve ?? systemResolve,
  };
}

function readReach(reach: string): Settings['reach'] {
  if (reach === 'public' || reach === 'named') return reach;
  throw new FlowdeckError<CardsCode>('http-options', 'The option reach of httpPort is neither public nor named.', {
    hint: "Give reach: 'public' or reach: 'named'.",
  });
}

function readUserAgent(text: string): string {
  if (isFieldValue(text)) return text;
  throw new FlowdeckError<CardsCode>('http-options', 'The option userAgent of httpPort cannot be sent as a header.', {
    hint: 'Give text without line breaks and control characters.',
  });
}
