/** `flowdeck connector deploy DIR`: keeps a version, says what it breaks, and moves a pointer to it. */

import type { ConnectorDeck } from '@flowdeck/connect';
import { isDeck } from '@flowdeck/engine/kit';
import { type ConnectorPointer, type ConnectorSnapshots, connectorSnapshots, type SnapshotInfo } from '@flowdeck/host';
import type { Arguments } from '../arguments.js';
import { checkProject } from '../check/check.js';
import { FaultyDeck, UsageError } from '../errors.js';
import { EXIT } from '../exit.js';
import { paletteFor } from '../output/colour.js';
import { count, plain, prettyJson } from '../output/text.js';
import { readManifestFile } from '../project/file.js';
import { readProject } from '../project/read.js';
import { isBundle, isConnector, MANIFEST } from '../system/files.js';
import type { Io } from '../system/io.js';
import { basename, join, resolve } from '../system/node.js';
import { directoryDeck } from './new.js';
import { bundled } from './pack.js';
import { DEFAULT_CONNECTORS } from './store.js';

export function openSnapshots(args: Arguments, io: Io): ConnectorSnapshots {
  return connectorSnapshots(resolve(io.cwd, args.value('connectors') ?? DEFAULT_CONNECTORS));
}

export async function deployConnector(path: string, args: Arguments, io: Io): Promise<number> {
  const pointer = pointerOf(args.value('as'));
  const snapshots = openSnapshots(args, io);
  const wanted = args.value('version');
  const { key, number } =
    wanted === undefined
      ? await keep(path, snapshots, args, io)
      : { key: await keyAt(path, io), number: versionOf(wanted) };
  const { deck: target } = await snapshots.read(key, number);
  const before = (await snapshots.pointers(key))[pointer];
  const { diffDocuments } = await import('@flowdeck/flopack');
  const changes = before === null ? [] : diffDocuments((await snapshots.read(key, before)).deck, target);
  const breaking = changes.filter((change) => change.breaking);
  const isRefused = breaking.length > 0 && !args.has('breaking');
  if (!isRefused) await snapshots.point(key, pointer, number);
  tellDeployment(
    { key, number, pointer, before, deployed: !isRefused, breaking: breaking.map(({ message }) => message) },
    args,
    io,
  );
  return isRefused ? EXIT.failed : EXIT.ok;
}

/** A version is kept only if it is sound. @throws FaultyDeck with all that is wrong. */
async function keep(path: string, snapshots: ConnectorSnapshots, args: Arguments, io: Io): Promise<SnapshotInfo> {
  const project = await readProject(path, io);
  const { diagnostics } = await checkProject(project, { packs: args.values('pack'), lint: false }, io);
  if (diagnostics.some(({ severity }) => severity === 'error')) throw new FaultyDeck(diagnostics);
  const deck = bundled(path, io);
  refuseCode(deck);
  return snapshots.add(deck, Date.now());
}

/** A version is data: who serves it could prove no delivery. @throws UsageError `deploy-code` */
function refuseCode({ connector }: ConnectorDeck): void {
  for (const { key, delivery } of connector.events ?? []) {
    const proofs = [...(delivery?.verify ?? []), ...(delivery?.items?.verify ?? [])];
    const byCode = proofs.find(({ scheme }) => scheme === 'code');
    if (byCode === undefined) continue;
    throw new UsageError(
      'deploy-code',
      `Deliveries of ${JSON.stringify(key)} are proven by ${JSON.stringify(byCode.name ?? '')}, code of a package that a version does not keep.`,
      {
        hint: 'Serve the package itself: flowdeck serve --pack PACKAGE, which goes before what is deployed. Or prove by hmac, signature, jwt or equal.',
      },
    );
  }
}

/** Whose versions are meant. What is kept needs no directory: a key will do, and so does a directory whose flows are broken now. */
async function keyAt(path: string, io: Io): Promise<string> {
  if (isBundle(path, io)) return directoryDeck(path, io).connector.key;
  if (!isConnector(path, io)) return path;
  const { document } = (await readManifestFile(join(path, MANIFEST), io)).parsed;
  return document !== null && isDeck(document) && document.connector ? document.connector.key : basename(path);
}

interface Deployment {
  readonly key: string;
  readonly number: number;
  readonly pointer: ConnectorPointer;
  readonly before: number | null;
  readonly deployed: boolean;
  readonly breaking: readonly string[];
}

function tellDeployment(deployment: Deployment, args: Arguments, io: Io): void {
  const { key, number, pointer, before, deployed, breaking } = deployment;
  if (args.has('json')) {
    io.stdout.write(`${prettyJson({ ok: deployed, ...deployment })}\n`);
    return;
  }
  const output = deployed ? io.stdout : io.stderr;
  const { green, red } = paletteFor(output, io.env);
  const from = before === null ? '' : ` (was ${before})`;
  if (deployed) output.write(`${green('✓')} ${plain(key)} ${number} is the ${pointer} version${from}\n`);
  else
    output.write(
      `${red('✗')} ${plain(key)} ${number} breaks flows that use the ${pointer} version ${before}: ${count(breaking.length, 'change')}\n`,
    );
  for (const message of breaking) output.write(`  ${red('breaking')} ${plain(message)}\n`);
  if (!deployed)
    output.write('    hint: Deploy it all the same with --breaking. The version is kept, the pointer was not moved.\n');
}

/** `flowdeck connector list`: the connectors of the store, their versions, and where the pointers lead. */
export async function listConnectors(args: Arguments, io: Io): Promise<number> {
  const snapshots = openSnapshots(args, io);
  const connectors = await Promise.all(
    (await snapshots.keys()).map(async (key) => ({
      key,
      pointers: await snapshots.pointers(key),
      versions: await snapshots.list(key),
    })),
  );
  if (args.has('json')) io.stdout.write(`${prettyJson({ ok: true, connectors })}\n`);
  for (const { key, pointers, versions } of args.has('json') ? [] : connectors) {
    io.stdout.write(`${plain(key)}\n`);
    for (const { number, version, hash, createdAt } of versions) {
      const at = (['test', 'private'] as const).filter((pointer) => pointers[pointer] === number);
      const when = new Date(createdAt).toISOString().slice(0, 16).replace('T', ' ');
      io.stdout.write(
        `  ${number}  ${plain(version)}  ${when}  ${hash.slice(0, 8)}${at.length === 0 ? '' : `  ← ${at.join(', ')}`}\n`,
      );
    }
  }
  return EXIT.ok;
}

function pointerOf(text: string | undefined): ConnectorPointer {
  if (text === 'test' || text === 'private') return text;
  throw new UsageError('deploy-option', '--as says for whom the version is.', {
    hint: 'Write --as test, or --as private for all flows.',
  });
}

function versionOf(text: string): number {
  const number = Number(text);
  if (/^\d{1,9}$/.test(text) && number > 0) return number;
  throw new UsageError('deploy-option', `--version ${JSON.stringify(text)} is no version.`, {
    hint: 'Write a number that flowdeck connector list shows.',
  });
}
