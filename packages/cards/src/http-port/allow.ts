/** The hosts that a host application allows although their addresses are not public. */
import { isIP, isIPv6 } from 'node:net';
import { FlowdeckError } from '@flowdeck/engine';
import type { CardsCode } from '../codes.js';

/** True when the host, at this port, may be reached wherever its name leads. */
export type Allowed = (hostname: string, port: number) => boolean;

interface Rule {
  readonly host: string;
  readonly subdomains: boolean;
  readonly port: number | null;
}

/**
 * Reads patterns such as `localhost`, `db.internal:8080`, `*.example.test`, `10.0.0.7` and `[::1]:3000`.
 * Names compare without case and without a final dot.
 *
 * @throws FlowdeckError `http-options` for a pattern that is none of these.
 */
export function allowedHosts(patterns: readonly string[]): Allowed {
  const rules = patterns.map(readRule);
  return (hostname, port) => {
    const host = plainHost(hostname);
    return rules.some((rule) => (rule.port === null || rule.port === port) && matches(rule, host));
  };
}

/** A host name in its one spelling: lower case, no brackets, no final dot. */
export function plainHost(hostname: string): string {
  return hostname
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');
}

function matches(rule: Rule, host: string): boolean {
  return rule.subdomains ? host.endsWith(`.${rule.host}`) && isIP(host) === 0 : host === rule.host;
}

function readRule(pattern: string): Rule {
  const text = typeof pattern === 'string' && isIPv6(pattern) ? `[${pattern}]` : String(pattern);
  const parts = /^(\*\.)?([^\s*/?#@\\%:]+|\[[0-9a-fA-F:.]+\])(?::(\d{1,5}))?$/.exec(text);
  const host = parts?.[2] === undefined ? null : canonical(parts[2]);
  const port = parts?.[3] === undefined ? null : Number(parts[3]);
  const subdomains = parts?.[1] !== undefined;
  // A wildcard before an IP address would look like a range, and is none.
  if (host === null || (port !== null && port > 65535) || (subdomains && isIP(host) !== 0)) {
    throw new FlowdeckError<CardsCode>('http-options', `"${text}" in allowHosts is not a host.`, {
      hint: 'Write "host", "host:port" or "*.domain". There is no way to allow everything.',
    });
  }
  return { host, subdomains, port };
}

/** The spelling that a request's URL gives the same host: punycode, dotted decimal, shortest IPv6. */
export function canonical(host: string): string | null {
  const url = `http://${host}/`;
  return URL.canParse(url) ? plainHost(new URL(url).hostname) : null;
}
