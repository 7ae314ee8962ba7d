/** HTTP that is loaded with the first request: most flows make none. */

import type { ClosableHttpPort } from '@flowdeck/cards/http';
import { type Clock, FlowdeckError, type HttpPort } from '@flowdeck/engine';
import { UsageError } from '../errors.js';
import type { Io } from '../system/io.js';

export interface LazyHttp extends HttpPort {
  /** Lets go of network connections. What is under way has two seconds to end, and is given up then. */
  close(): Promise<void>;
}

/**
 * A token that is just being renewed should be kept, for the server may take the former one no more. Whoever hangs is not
 * waited for: when a command closes, nobody waits for an answer.
 */
const CLOSE_MS = 2_000;

/**
 * Proxies are those of the environment. Hosts that are named are checked at once.
 *
 * @throws UsageError `allow-host`
 */
export async function lazyHttp(
  allowHosts: readonly string[],
  env: Io['env'],
  clock: Pick<Clock, 'after'>,
  reach: 'public' | 'named' = 'public',
): Promise<LazyHttp> {
  let port: Promise<ClosableHttpPort> | null = null;
  const underWay = new Set<AbortController>();
  const open = () => {
    port ??= import('@flowdeck/cards/http').then(({ httpPort, proxiesOf }) =>
      httpPort({ allowHosts, reach, proxies: proxiesOf(env) }),
    );
    return port;
  };
  if (allowHosts.length > 0) await checkHosts(allowHosts).catch(refuse);
  return {
    async request(request) {
      const opened = await open();
      const given = new AbortController();
      const abort = () => given.abort(request.signal?.reason);
      if (request.signal?.aborted) abort();
      request.signal?.addEventListener('abort', abort, { once: true });
      underWay.add(given);
      try {
        return await opened.request({ ...request, signal: given.signal });
      } finally {
        underWay.delete(given);
        request.signal?.removeEventListener('abort', abort);
      }
    },
    close: async () => {
      // One that never opened was told by the request that asked for it.
      const opened = (await port?.catch(() => null)) ?? null;
      if (opened === null) return;
      const patient = clock.after(CLOSE_MS, () => {
        for (const each of underWay) each.abort();
      });
      await opened.close().finally(patient);
    },
  };
}

/** By a port of its own: what is wrong with a proxy is another matter. */
async function checkHosts(allowHosts: readonly string[]): Promise<void> {
  const { httpPort } = await import('@flowdeck/cards/http');
  await httpPort({ allowHosts }).close();
}

function refuse(cause: unknown): never {
  if (!(cause instanceof FlowdeckError)) throw cause;
  throw new UsageError('allow-host', `--allow-host: ${cause.message}`, {
    hint: 'Write HOST, HOST:PORT or *.DOMAIN.',
    cause,
  });
}
