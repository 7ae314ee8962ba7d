/** HTTP that is loaded with the first request: most flows make none. */
import { FlowdeckError, type HttpPort } from '@flowdeck/engine';
import { UsageError } from '../errors.js';
import type { Io } from '../system/io.js';

export interface LazyHttp extends HttpPort {
  /** Lets go of network connections. */
  close(): Promise<void>;
}

/**
 * Proxies are those of the environment. Hosts that are named are checked at once.
 *
 * @throws UsageError `allow-host`
 */
export async function lazyHttp(
  allowHosts: readonly string[],
  env: Io['env'],
  reach: 'public' | 'named' = 'public',
): Promise<LazyHttp> {
  let port: Promise<LazyHttp> | null = null;
  const open = () => {
    port ??= import('@flowdeck/cards/http').then(({ httpPort, proxiesOf }) =>
      httpPort({ allowHosts, reach, proxies: proxiesOf(env) }),
    );
    return port;
  };
  if (allowHosts.length > 0) await checkHosts(allowHosts).catch(refuse);
  return {
    request: async (request) => (await open()).request(request),
    close: async () => {
      // One that never opened was told by the request that asked for it.
      const opened = await port?.catch(() => null);
      await opened?.close();
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
