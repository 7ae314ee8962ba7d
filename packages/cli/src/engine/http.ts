/** HTTP that is loaded with the first request: most flows make none. */
import { FlowdeckError, type HttpPort } from '@flowdeck/engine';
import { UsageError } from '../errors.js';

export interface LazyHttp extends HttpPort {
  /** Lets go of network connections. */
  close(): Promise<void>;
}

/**
 * Hosts that are named are checked at once.
 *
 * @throws UsageError `allow-host`
 */
export async function lazyHttp(allowHosts: readonly string[]): Promise<LazyHttp> {
  let port: Promise<LazyHttp> | null = null;
  const open = () => {
    port ??= import('@flowdeck/cards/http').then(({ httpPort }) => httpPort({ allowHosts }));
    return port;
  };
  if (allowHosts.length > 0) await open().catch(refuse);
  return {
    request: async (request) => (await open()).request(request),
    close: async () => {
      if (port !== null) await (await port).close();
    },
  };
}

function refuse(cause: unknown): never {
  if (!(cause instanceof FlowdeckError)) throw cause;
  throw new UsageError('allow-host', `--allow-host: ${cause.message}`, {
    hint: 'Write HOST, HOST:PORT or *.DOMAIN.',
    cause,
  });
}
