/** The agent of the port. A module of its own, to be loaded late with undici, which bundlers give names of to static imports only. */
import { Agent, buildConnector, type Dispatcher, EnvHttpProxyAgent } from 'undici';
import { guardedConnector } from './connect.js';
import type { Settings } from './options.js';

export function guardedAgent(settings: Settings): Dispatcher {
  const options = {
    connect: guardedConnector(buildConnector, settings),
    connections: settings.maxConcurrent,
    // The deadline of the exchange is the one clock.
    headersTimeout: 0,
    bodyTimeout: 0,
  };
  const { proxies } = settings;
  if (proxies === null) return new Agent(options);
  const proxied = {
    ...options,
    httpProxy: proxies.http,
    httpsProxy: proxies.https,
    noProxy: proxies.none,
    // A tunnel for http is more than most proxies allow.
    proxyTunnel: false,
    // Said out loud, so that NODE_TLS_REJECT_UNAUTHORIZED=0 does not reach flows.
    requestTls: { rejectUnauthorized: true, timeout: settings.connectTimeoutMs },
    proxyTls: { rejectUnauthorized: true, timeout: settings.connectTimeoutMs },
  };
  return new EnvHttpProxyAgent(proxied);
}
