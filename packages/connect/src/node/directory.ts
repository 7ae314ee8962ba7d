/** Reads a connector from its directory: the manifest, the flows, what else lies beside them. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Diagnostic, FlowdeckError } from '@flowdeck/engine';
import type { ConnectCode } from '../codes.js';
import { type AssembledConnector, assembleConnector, type ConnectorFile } from '../manifest/assemble.js';
import { readBundle } from '../manifest/bundle.js';
import { MANIFEST } from '../manifest/manifest.js';

/** A connector's directory, read once. */
export interface ConnectorDirectory extends AssembledConnector {
  /** Absolute path. */
  readonly path: string;
  /** Absolute paths of `tests/*.test.json`. */
  readonly tests: readonly string[];
}

const FLOWS = 'flows';
const TESTS = 'tests';

/** True when the directory has a manifest. A path that leads nowhere is none. */
export function isConnectorDirectory(path: string): boolean {
  return existsSync(join(path, MANIFEST));
}

/** True of a JSON file: only reading it tells whether it holds a connector. */
export function isConnectorFile(path: string): boolean {
  return path.endsWith('.json') && statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

/**
 * Reads the directory of a connector, with all that is wrong with its files: diagnostics name them from `path` on. One bundled
 * file reads the same, and has no tests.
 *
 * @throws FlowdeckError `connector-directory` when it has no manifest, a file cannot be read, or the one file holds no connector.
 */
export function readConnectorDirectory(location: string | URL): ConnectorDirectory {
  const given = typeof location === 'string' ? location : fileURLToPath(location);
  const path = resolve(given);
  if (isConnectorFile(path)) return readConnectorFile(given, path);
  const file = (...names: readonly string[]): ConnectorFile => {
    const name = join(given, ...names);
    return { path: name, text: readText(name) };
  };
  const manifest = file(MANIFEST);
  const flows = namesIn(join(path, FLOWS), '.flow.json').map((name) => file(FLOWS, name));
  const assembled = assembleConnector({ manifest, flows });
  const tests = namesIn(join(path, TESTS), '.test.json').map((name) => join(path, TESTS, name));
  return { ...withIcon(path, assembled), path, tests };
}

function readConnectorFile(given: string, path: string): ConnectorDirectory {
  const bundle = readBundle({ path: given, text: readText(given) });
  if (bundle !== null) return { ...withIcon(dirname(path), bundle), path, tests: [] };
  throw new FlowdeckError<ConnectCode>('connector-directory', `${JSON.stringify(given)} holds no connector.`, {
    at: { file: given },
    hint: 'A bundled connector is a deck with a member "connector": flowdeck connector pack DIR writes one.',
  });
}

/** A connector without its icon is none. */
function withIcon(directory: string, assembled: AssembledConnector): AssembledConnector {
  const icon = missingIcon(directory, assembled);
  return icon.length === 0 ? assembled : { ...assembled, deck: null, diagnostics: [...assembled.diagnostics, ...icon] };
}

function readText(name: string): string {
  try {
    return readFileSync(name, 'utf8');
  } catch (cause) {
    throw unreadable(name, cause);
  }
}

/** Names of files in an order of their own, whatever the disk's is. None when there is no such directory. */
function namesIn(path: string, ending: string): readonly string[] {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  try {
    return readdirSync(path)
      .filter((name) => name.endsWith(ending))
      .sort();
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

/** The icon is a file of the directory: a connector is published with it. */
function missingIcon(path: string, { deck, place }: AssembledConnector): readonly Diagnostic[] {
  const icon = deck?.connector.icon;
  if (icon === undefined || /^(?:data|https):/.test(icon)) return [];
  const file = resolve(path, icon);
  const inside = file.startsWith(path + sep);
  if (inside && statSync(file, { throwIfNoEntry: false })?.isFile() === true) return [];
  const found: Diagnostic<ConnectCode> = {
    severity: 'error',
    code: 'connector-icon',
    message: `There is no file ${JSON.stringify(icon)} in the directory of the connector.`,
    hint: 'Put the picture beside the manifest, or correct the path.',
    pointer: '/connector/icon',
  };
  return place([found]);
}

function unreadable(name: string, cause: unknown): FlowdeckError {
  const reason =
    cause instanceof Error && 'code' in cause && cause.code === 'ENOENT' ? 'it is not there' : String(cause);
  return new FlowdeckError<ConnectCode>('connector-directory', `Cannot read ${JSON.stringify(name)}: ${reason}.`, {
    at: { file: name },
    hint: `The directory of a connector holds ${MANIFEST}, and its flows in flows/*.flow.json.`,
    cause,
  });
}
