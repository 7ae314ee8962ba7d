/** `flowdeck connection`: makes, tests and ends connections. */
import type { Arguments } from '../arguments.js';
import type { Command } from '../command.js';
import { createConnection } from '../connections/create.js';
import { listConnections } from '../connections/list.js';
import { loginConnection } from '../connections/login.js';
import { onlyTested, ping, TESTED } from '../connections/ping.js';
import { deleteConnection, revokeConnection } from '../connections/revoke.js';
import { storedConnection, withSession } from '../connections/session.js';
import { openStore } from '../connections/store.js';
import { tellPing } from '../connections/told.js';
import { openEngine } from '../engine/engine.js';
import { UsageError } from '../errors.js';
import { EXIT } from '../exit.js';
import { plain } from '../output/text.js';
import { readConnection } from '../run/connections.js';
import { readSeconds } from '../run/seconds.js';
import { isFile, writeSecret } from '../system/files.js';
import type { Io } from '../system/io.js';
import { actionOf, type CommandAction } from './actions.js';

/** What a script may give to every action. */
const OF_SERVICE = ['store', 'key-file', 'allow-host', 'timeout'];
const OF_LOGIN = [...OF_SERVICE, 'port', 'paste', 'redirect-uri'];

const CONNECTION_ACTIONS: Readonly<Record<string, CommandAction>> = {
  create: {
    takes: ['NAME', 'FILE'],
    options: OF_LOGIN,
    act: async ([name = '', file = ''], args, io) => createConnection(name, file, await openStore(args, io), args, io),
  },
  login: {
    takes: ['NAME'],
    options: OF_LOGIN,
    act: async ([name = ''], args, io) => loginConnection(name, await openStore(args, io), args, io),
  },
  test: {
    takes: ['NAME|FILE'],
    options: OF_SERVICE,
    act: ([path = ''], args, io) => (isFile(path, io) ? testFile : testKept)(path, args, io),
  },
  list: {
    takes: [],
    options: OF_SERVICE,
    act: async (_, args, io) => listConnections(await openStore(args, io), args, io),
  },
  revoke: {
    takes: ['NAME'],
    options: OF_SERVICE,
    act: async ([name = ''], args, io) => revokeConnection(name, await openStore(args, io), args, io),
  },
  delete: {
    takes: ['NAME'],
    options: [...OF_SERVICE, 'keep-grant'],
    act: async ([name = ''], args, io) => deleteConnection(name, await openStore(args, io), args, io),
  },
  key: { takes: [], options: ['output'], act: (_, args, io) => makeKey(args, io) },
};

export const connection: Command = (args, io) => {
  const { action, operands } = actionOf('connection', CONNECTION_ACTIONS, args);
  return action.act(operands, args, io);
};

/** A connection that is not kept anywhere but in its file. */
async function testFile(path: string, args: Arguments, io: Io): Promise<number> {
  const tested = await readConnection(path, io);
  const timeoutMs = readSeconds(args.value('timeout'));
  const { engine, close } = await openEngine(
    {
      packs: args.values('pack'),
      namespaces: new Set([tested.connector]),
      connections: () => onlyTested(tested),
      allowHosts: args.values('allow-host'),
    },
    io,
  );
  try {
    const asked = await ping(engine, tested.connector, TESTED, { signal: io.signal, timeoutMs });
    return tellPing(asked, { connector: tested.connector, path }, args, io);
  } finally {
    await close();
  }
}

async function testKept(name: string, args: Arguments, io: Io): Promise<number> {
  const store = await openStore(args, io);
  const { connector } = await storedConnection(name, store);
  const timeoutMs = readSeconds(args.value('timeout'));
  return withSession(connector, store, args, io, async ({ engine }) => {
    const asked = await ping(engine, connector, name, { signal: io.signal, timeoutMs });
    return tellPing(asked, { connector, path: name }, args, io);
  });
}

/** A key is made on demand only, and its owner is told what it means. */
async function makeKey(args: Arguments, io: Io): Promise<number> {
  const file = args.value('output');
  if (file === undefined) {
    throw new UsageError('operands', 'A key is written to a file.', { hint: 'Usage: flowdeck connection key -o FILE' });
  }
  const { newHostKey } = await import('@flowdeck/connect');
  writeSecret(file, `${newHostKey()}\n`, io);
  io.stderr.write(
    `Wrote a key to ${plain(file)}, readable by you alone. Keep a copy elsewhere: without it no connection opens again.\n`,
  );
  return EXIT.ok;
}
