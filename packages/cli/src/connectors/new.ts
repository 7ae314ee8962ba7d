/** `flowdeck connector new NAME`: a directory to begin with, of a template or of another connector. */
import { type ConnectorDeck, connectorTemplate, type DirectoryFiles } from '@flowdeck/connect';
import { isConnectorDirectory, isConnectorFile, readConnectorDirectory } from '@flowdeck/connect/node';
import { type DeckDocument, printDocument } from '@flowdeck/engine';
import { isDeck } from '@flowdeck/engine/kit';
import type { Arguments } from '../arguments.js';
import { openCatalogue } from '../engine/engine.js';
import { FaultyDeck, UsageError } from '../errors.js';
import { EXIT } from '../exit.js';
import { count, plain } from '../output/text.js';
import { didYouMean } from '../suggest.js';
import { copyFile } from '../system/copy-file.js';
import { isFile, makeDirectory, pathExists, readText, writeText } from '../system/files.js';
import type { Io } from '../system/io.js';
import { basename, dirname, join, resolve } from '../system/node.js';

const README = 'README.md';

export async function newConnector(path: string, args: Arguments, io: Io): Promise<number> {
  const key = keyIn(path);
  if (pathExists(path, io)) {
    throw new UsageError('connector-exists', `There is something at ${JSON.stringify(path)} already.`, {
      hint: 'Choose another name, or remove it.',
    });
  }
  const from = args.value('from');
  const files = from === undefined ? connectorTemplate(key, titleOf(key)) : await copied(from, key, args, io);
  for (const [name, text] of Object.entries(files)) {
    makeDirectory(join(path, dirname(name)), io);
    writeText(join(path, name), text, io);
  }
  const pictures = from === undefined ? [] : copyIcon(from, path, io);
  io.stdout.write(
    `Made ${plain(path)} of ${count(Object.keys(files).length + pictures.length, 'file')}. Next: flowdeck connector test ${plain(path)}\n`,
  );
  return EXIT.ok;
}

/** The key is the last part of the path. */
function keyIn(path: string): string {
  const name = basename(path);
  const key = name.replaceAll(/[^A-Za-z0-9]+(.)?/g, (_, next: string | undefined) => (next ?? '').toUpperCase());
  if (/^[A-Za-z][A-Za-z0-9]{0,63}$/.test(key)) return key.charAt(0).toLowerCase() + key.slice(1);
  throw new UsageError('connector-key', `No key of a connector can be made of ${JSON.stringify(name)}.`, {
    hint: 'Begin with a letter; letters, digits and hyphens may follow.',
  });
}

function titleOf(key: string): string {
  const words = key.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The flows, and the tests and the README if it has any, of a directory, a package or a connector that a pack brings. */
async function copied(from: string, key: string, args: Arguments, io: Io): Promise<DirectoryFiles> {
  const directory = directoryOf(from, io);
  if (directory === null) return filesOf(withoutFiles(await connectorNamed(from, args, io)), key);
  const deck = directoryDeck(directory, io);
  const files: Record<string, string> = { ...filesOf(deck, key) };
  for (const path of readConnectorDirectory(directory).tests)
    files[`tests/${basename(path)}`] = renamedIn(await readText(path, io), deck.connector.key, key);
  const readme = join(directory, README);
  if (isFile(readme, io)) files[README] = await readText(readme, io);
  return files;
}

/** Null: it is neither a directory or file of a connector, nor a package of ours. */
function directoryOf(from: string, io: Io): string | null {
  const places = [resolve(io.cwd, from), packageOf(from)];
  return places.find((each) => each !== null && (isConnectorDirectory(each) || isConnectorFile(each))) ?? null;
}

/** An icon that is a file of the other directory, under the name that it has there. */
function copyIcon(from: string, path: string, io: Io): readonly string[] {
  const directory = directoryOf(from, io);
  if (directory === null) return [];
  const { icon } = directoryDeck(directory, io).connector;
  if (icon === undefined || isApart(icon)) return [];
  makeDirectory(join(path, dirname(icon)), io);
  copyFile(join(directory, icon), join(path, icon), io);
  return [icon];
}

/** A pack does not say where its files lie. */
function withoutFiles(deck: ConnectorDeck): ConnectorDeck {
  const { icon, ...connector } = deck.connector;
  return icon === undefined || isApart(icon) ? deck : { ...deck, connector };
}

/** It is in the manifest itself, or on the web. */
function isApart(icon: string): boolean {
  return /^(?:data|https):/.test(icon);
}

/** Where a connector of ours lies, when it is installed. */
function packageOf(name: string): string | null {
  try {
    const { createRequire } = process.getBuiltinModule('node:module');
    return dirname(createRequire(import.meta.url).resolve(`@flowdeck/connector-${name}/package.json`));
  } catch {
    return null;
  }
}

/** Tests say of which connector their connections are. */
function renamedIn(text: string, before: string, key: string): string {
  const rename = (name: string, value: unknown) => (name === 'connector' && value === before ? key : value);
  return `${JSON.stringify(JSON.parse(text, rename), null, 2)}\n`;
}

/** The connector of a pack, by its key. @throws UsageError `unknown-connector`. */
async function connectorNamed(name: string, args: Arguments, io: Io): Promise<ConnectorDeck> {
  const engine = await openCatalogue(args.values('pack'), io);
  const keys = engine.connectors.map(({ key }) => key);
  if (keys.includes(name)) {
    const { document } = engine.connector(name);
    if (isDeck(document) && document.connector) return { ...document, connector: document.connector };
  }
  throw new UsageError('unknown-connector', `There is no connector ${JSON.stringify(name)}.`, {
    hint: didYouMean(name, keys) ?? `Known: ${keys.join(', ') || 'none'}. Others come with --pack PKG.`,
  });
}

/** A connector's directory as one deck. @throws FaultyDeck with all that is wrong. */
export function directoryDeck(path: string, io: Io): ConnectorDeck {
  const place = resolve(io.cwd, path);
  const { deck, diagnostics } = readConnectorDirectory(place);
  if (deck !== null) return deck;
  // As the user wrote it, not as the disk has it.
  const file = (name = place) => (name.startsWith(place) ? path + name.slice(place.length) : name);
  throw new FaultyDeck(diagnostics.map((each) => ({ ...each, file: file(each.file) })));
}

/** The deck under another key, as files. */
function filesOf({ connector, flows, requires }: ConnectorDeck, key: string): DirectoryFiles {
  const manifest = { ...connector, key, name: titleOf(key), version: '0.1.0' };
  const files: Record<string, string> = { 'connector.json': `${JSON.stringify(manifest, null, 2)}\n` };
  for (const flow of flows) {
    const needs: Pick<DeckDocument, 'requires'> = requires === undefined ? {} : { requires };
    files[`flows/${fileNameOf(flow.id)}.flow.json`] = printDocument({ flowdeck: 1, ...needs, ...flow });
  }
  return files;
}

/** `sendMessage` as `send-message`: some file systems do not tell capitals from small letters. */
function fileNameOf(id: string): string {
  return id.replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();
}
