/** `restate://HOST:PORT`: runs on Restate. */
import type { Arguments } from '../arguments.js';
import { plain } from '../output/text.js';
import { readPort } from '../run/port.js';
import type { Io } from '../system/io.js';
import { faultyAddress, readAddress } from './address.js';
import { annexOf } from './annex.js';
import { withPeers } from './peer.js';
import { sealOf } from './seal.js';
import type { RuntimeKind, RuntimePlace } from './types.js';

const RESTATE_EXAMPLE = 'restate://localhost:8080';
const RESTATE_PACKAGES = ['@flowdeck/runtime-restate', '@restatedev/restate-sdk@1.12.0'];
/** Where a server takes deployments, unless the address says otherwise. */
const ADMIN_PORT = '9070';
const INGRESS_PORT = '8080';
const WORKER_PORT = '9080';

export const RESTATE: RuntimeKind = { schemes: ['restate'], example: RESTATE_EXAMPLE, at: restateAt };

function restateAt(address: string, io: Io): RuntimePlace {
  const url = readAddress(address, RESTATE_EXAMPLE);
  const unknown = [...url.searchParams.keys()].find((name) => name !== 'admin');
  const isPlain = url.hostname !== '' && /^\/?$/.test(url.pathname) && url.username === '' && url.password === '';
  if (!isPlain || unknown !== undefined) {
    throw faultyAddress(
      'An address of Restate is a host, a port and nothing more',
      `${RESTATE_EXAMPLE}?admin=localhost:9070`,
    );
  }
  const ingress = `http://${url.hostname}:${url.port || INGRESS_PORT}`;
  const given = url.searchParams.get('admin') ?? `${url.hostname}:${ADMIN_PORT}`;
  const admin = `http://${given}`;
  if (!URL.canParse(admin))
    throw faultyAddress('The "admin" of that address is no host and port', `${RESTATE_EXAMPLE}?admin=localhost:9070`);
  const load = () => withPeers(RESTATE_PACKAGES, () => import('@flowdeck/runtime-restate'));
  return {
    name: `Restate at ${ingress}`,
    client: async (args) => (await load()).restateClient({ ingress, admin, ...(await sealOf(args, io)) }),
    async ground(args: Arguments) {
      const port = Number(readPort(args.value('port') ?? WORKER_PORT, 'runtime-option'));
      const address = readWorkerAddress(args.value('address'));
      const hostname = args.value('host');
      const kept = { ...(await sealOf(args, io)), ...(await annexOf(args, io)) };
      const { listenForRestate } = await load();
      let close = async () => {};
      return {
        ports: {},
        decks: null,
        async work(crew) {
          const worker = await listenForRestate({
            ...crew,
            ...kept,
            admin,
            port,
            ...(hostname === undefined ? {} : { hostname }),
            ...(address === undefined ? {} : { address }),
            onWarning: (message) => io.stderr.write(`restate: ${plain(message)}\n`),
          });
          close = () => worker.close();
          return `listens at ${worker.url}`;
        },
        close: () => close(),
      };
    },
  };
}

function readWorkerAddress(given: string | undefined): string | undefined {
  if (given === undefined || (URL.canParse(given) && /^https?:$/.test(new URL(given).protocol))) return given;
  throw faultyAddress(
    `${JSON.stringify(given)} is no address at which Restate reaches a worker`,
    '--address http://worker-1:9080',
  );
}
