/** The agents of the port. A module of its own, to be loaded late with undici, which bundlers give names of to static imports only. */
import { Agent, buildConnector, type Dispatcher, ProxyAgent } from 'undici';
import { guardedConnector } from './connect.js';
import type { Settings } from './options.js';
import { proxyAccess } from './proxies.js';

/** One agent for hosts that are asked directly, and one for each proxy. */
export interface GuardedAgents {
  /** The agent that asks by this proxy; null: by none. */
  by(proxy: string | null): Dispatcher;
  destroy(): Promise<void>;
}

export function guardedAgents(settings: Settings): GuardedAgents {
  const options = {
    connect: guardedConnector(buildConnector, settings),
    connections: settings.maxConcurrent,
    // The deadline of the exchange is the one clock.
    headersTimeout: 0,
    bodyTimeout: 0,
  };
  // Said out loud, so that NODE_TLS_REJECT_UNAUTHORIZED=0 does not reach flows.
  const tls = { rejectUnauthorized: true, timeout: settings.connectTimeoutMs };
  const made = new Map<string | null, Dispatcher>();
  return {
    by(proxy) {
      const known = made.get(proxy);
      if (known !== undefined) return known;
      const agent =
        proxy === null
          ? new Agent(options)
          : // A tunnel for http is more than most proxies allow.
            new ProxyAgent({ ...options, ...proxyAccess(proxy), proxyTunnel: false, requestTls: tls, proxyTls: tls });
      made.set(proxy, agent);
      return agent;
    },
    async destroy() {
      await Promise.all([...made.values()].map((agent) => agent.destroy()));
    },
  };
}
