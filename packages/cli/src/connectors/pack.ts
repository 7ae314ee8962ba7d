/** `flowdeck connector pack DIR`: the directory as one file, which every command reads the same. */
import { readFileSync } from 'node:fs';
import type { ConnectorDeck } from '@flowdeck/connect';
import { printDocument } from '@flowdeck/engine';
import type { Arguments } from '../arguments.js';
import { EXIT } from '../exit.js';
import { plain } from '../output/text.js';
import { writeText } from '../system/files.js';
import type { Io } from '../system/io.js';
import { extname, resolve } from '../system/node.js';
import { directoryDeck } from './new.js';

export async function packConnector(path: string, args: Arguments, io: Io): Promise<number> {
  const deck = bundled(path, io);
  const text = printDocument(deck);
  const output = args.value('output');
  if (output === undefined) io.stdout.write(text);
  else {
    writeText(output, text, io);
    io.stderr.write(`Wrote ${plain(deck.connector.name)} ${plain(deck.connector.version)} to ${plain(output)}\n`);
  }
  return EXIT.ok;
}

const TYPES: Readonly<Record<string, string>> = {
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
};

/** A connector's directory as one deck that needs nothing beside it. @throws FaultyDeck */
export function bundled(path: string, io: Io): ConnectorDeck {
  const deck = directoryDeck(path, io);
  const { icon } = deck.connector;
  if (icon === undefined || /^(?:data|https):/.test(icon)) return deck;
  const type = TYPES[extname(icon).toLowerCase()] ?? 'application/octet-stream';
  const bytes = readFileSync(resolve(io.cwd, path, icon));
  return { ...deck, connector: { ...deck.connector, icon: `data:${type};base64,${bytes.toString('base64')}` } };
}
