/** `postgres://HOST/DATABASE`: runs on PostgreSQL. */
import { EXIT } from '../exit.js';
import { plain } from '../output/text.js';
import type { Io } from '../system/io.js';
import { readAddress } from './address.js';
import { annexOf } from './annex.js';
import { withPeers } from './peer.js';
import { sealOf } from './seal.js';
import type { RuntimeKind, RuntimePlace } from './types.js';

const POSTGRES_EXAMPLE = 'postgres://user:password@localhost/flows';
const POSTGRES_PACKAGES = ['@flowdeck/runtime-dbos', '@dbos-inc/dbos-sdk@5.3.0'];

export const POSTGRES: RuntimeKind = { schemes: ['postgres', 'postgresql'], example: POSTGRES_EXAMPLE, at: postgresAt };

function postgresAt(databaseUrl: string, io: Io): RuntimePlace {
  const { host, pathname } = readAddress(databaseUrl, POSTGRES_EXAMPLE);
  const load = () => withPeers(POSTGRES_PACKAGES, () => import('@flowdeck/runtime-dbos'));
  return {
    name: `PostgreSQL at ${host || 'this machine'}${pathname}`,
    client: async (args) => (await load()).dbosClient({ databaseUrl, ...(await sealOf(args, io)) }),
    async ground(args) {
      const kept = { ...(await sealOf(args, io)), ...(await annexOf(args, io)) };
      const { dbosWorker } = await load();
      let close = async () => {};
      return {
        ports: {},
        decks: null,
        async work(crew) {
          const worker = await dbosWorker({ ...crew, ...kept, databaseUrl, onLost: (error) => end(error, io) });
          close = () => worker.close();
          return null;
        },
        close: () => close(),
      };
    },
  };
}

/** The runs of this process go on elsewhere: nothing of it may go on, whatever it is in the midst of. */
function end(error: Error, io: Io): void {
  io.stderr.write(`error: ${plain(error.message)}\n`);
  process.exit(EXIT.failed);
}
