/** Versions of connectors on disk: immutable, numbered, with a content hash; and two pointers, for those who test and for all. */
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConnectorDeck } from '@flowdeck/connect';
import { FlowdeckError, printDocument } from '@flowdeck/engine';
import { isDeck, isPlainObject, parseDocument, revisionOf } from '@flowdeck/engine/kit';
import type { HostCode } from '../codes.js';
import { readJson, writeJson } from '../connections/files.js';
import { exclusively } from '../connections/lock.js';
import { isAbsent } from '../files/disk.js';
import { reasonOf } from '../log/errors.js';

/** Who gets a version: those who ask for test connectors, or everybody. */
export type ConnectorPointer = 'test' | 'private';

/** A version, as lists show it. */
export interface SnapshotInfo {
  /** Of the connector. */
  readonly key: string;
  /** From 1. */
  readonly number: number;
  /** Hash of the content: the same for the same connector. */
  readonly hash: string;
  /** What the manifest calls it. */
  readonly version: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

/** A version that a host serves, for those who watch and for its owner. */
export interface ServedConnector extends Pick<SnapshotInfo, 'key' | 'number' | 'version'> {
  /** Which pointer led to it. */
  readonly pointer: ConnectorPointer;
}

/** A version, whole. */
export interface ConnectorSnapshot extends SnapshotInfo {
  /** The connector. */
  readonly deck: ConnectorDeck;
}

/** Which version each pointer leads to; null: to none yet. */
export type ConnectorPointers = Readonly<Record<ConnectorPointer, number | null>>;

/** Versions of connectors, shared by all processes that use the directory. */
export interface ConnectorSnapshots {
  /** Keys of all connectors, in order. */
  keys(): Promise<readonly string[]>;
  /** From the first on. */
  list(key: string): Promise<readonly SnapshotInfo[]>;
  /** A version, whole. @throws FlowdeckError `snapshot-missing`, `snapshot-damaged`. */
  read(key: string, number: number): Promise<ConnectorSnapshot>;
  /** Where its pointers lead. */
  pointers(key: string): Promise<ConnectorPointers>;
  /** Keeps a version. The content of one that is kept already gets no other number. */
  add(deck: ConnectorDeck, now: number): Promise<SnapshotInfo>;
  /** Moves a pointer, back too. @throws FlowdeckError `snapshot-missing`. */
  point(key: string, pointer: ConnectorPointer, number: number): Promise<ConnectorPointers>;
}

const NONE: ConnectorPointers = { test: null, private: null };
const POINTERS = 'pointers.json';

/**
 * Opens a directory of versions; it is made with the first.
 *
 * @example
 * const snapshots = connectorSnapshots('.flowdeck/connectors');
 * const { number } = await snapshots.add(deck, Date.now());
 * await snapshots.point('acme', 'test', number);
 */
export function connectorSnapshots(dir: string): ConnectorSnapshots {
  return new Snapshots(dir);
}

class Snapshots implements ConnectorSnapshots {
  readonly #dir: string;

  constructor(dir: string) {
    this.#dir = dir;
  }

  keys(): Promise<readonly string[]> {
    return namesIn(this.#dir, /^([A-Za-z_][A-Za-z0-9_-]{0,63})$/, 'directory');
  }

  async list(key: string): Promise<readonly SnapshotInfo[]> {
    const numbers = (await namesIn(this.#place(key), /^(\d+)\.json$/, 'file')).map(Number).sort((a, b) => a - b);
    const found: SnapshotInfo[] = [];
    for (const number of numbers) {
      const { deck: _, ...info } = await this.read(key, number);
      found.push(info);
    }
    return found;
  }

  async read(key: string, number: number): Promise<ConnectorSnapshot> {
    const file = join(this.#place(key), `${number}.json`);
    const data = await this.#json(file);
    if (data === undefined) throw missing(key, number);
    const snapshot = snapshotIn(data, key, number);
    if (snapshot === null) throw changedSince(file);
    return snapshot;
  }

  async pointers(key: string): Promise<ConnectorPointers> {
    const data = await this.#json(join(this.#place(key), POINTERS));
    if (!isPlainObject(data)) return NONE;
    const number = (value: unknown) => (typeof value === 'number' ? value : null);
    return { test: number(data['test']), private: number(data['private']) };
  }

  async add(deck: ConnectorDeck, now: number): Promise<SnapshotInfo> {
    const { key, version } = deck.connector;
    const place = this.#place(key);
    return this.#changing(place, async () => {
      const known = await this.list(key);
      const hash = revisionOf(deck);
      const same = known.find((each) => each.hash === hash);
      if (same) return same;
      const info: SnapshotInfo = { key, number: (known.at(-1)?.number ?? 0) + 1, hash, version, createdAt: now };
      await writeJson(join(place, `${info.number}.json`), { ...info, deck: JSON.parse(printDocument(deck)) });
      return info;
    });
  }

  async point(key: string, pointer: ConnectorPointer, number: number): Promise<ConnectorPointers> {
    const place = this.#place(key);
    await this.read(key, number);
    return this.#changing(place, async () => {
      const moved = { ...(await this.pointers(key)), [pointer]: number };
      await writeJson(join(place, POINTERS), moved);
      return moved;
    });
  }

  #json(file: string): Promise<unknown> {
    return readJson(file).catch((cause: unknown) => {
      throw unusable(this.#dir, cause);
    });
  }

  /** One at a time, in all processes. A disk that is full or closed is told as such. */
  async #changing<T>(place: string, change: () => Promise<T>): Promise<T> {
    try {
      await mkdir(place, { recursive: true });
      return await exclusively(place, 'versions', change);
    } catch (error) {
      throw error instanceof FlowdeckError ? error : unusable(this.#dir, error);
    }
  }

  /** Keys are ids: they lead nowhere else. */
  #place(key: string): string {
    if (/^[A-Za-z_][A-Za-z0-9_-]{0,63}$/.test(key)) return join(this.#dir, key);
    throw new FlowdeckError<HostCode>('snapshot-missing', `${JSON.stringify(key)} is no key of a connector.`, {
      hint: 'A key is a letter or underscore, then letters, digits, underscores or hyphens.',
    });
  }
}

async function namesIn(dir: string, pattern: RegExp, kind: 'directory' | 'file'): Promise<readonly string[]> {
  try {
    const entries = await readdir(dir, { withFileTypes: true });
    const wanted = entries.filter((entry) => entry.isDirectory() === (kind === 'directory'));
    return wanted.flatMap(({ name }) => pattern.exec(name)?.[1] ?? []).sort();
  } catch (cause) {
    if (isAbsent(cause)) return [];
    throw unusable(dir, cause);
  }
}

function unusable(dir: string, cause: unknown): FlowdeckError {
  return new FlowdeckError<HostCode>('snapshot-store', `The store of connectors cannot be used: ${reasonOf(cause)}`, {
    at: { file: dir },
    hint: 'Name a directory that may be read and written: --connectors DIR.',
    cause,
  });
}

/** What was written under this number, whole and unchanged. */
function snapshotIn(data: unknown, key: string, number: number): ConnectorSnapshot | null {
  if (!isPlainObject(data) || data['key'] !== key || data['number'] !== number) return null;
  const { hash, version, createdAt } = data;
  const { document } = parseDocument(data['deck']);
  if (document === null || !isDeck(document) || document.connector === undefined) return null;
  if (typeof version !== 'string' || typeof createdAt !== 'number' || hash !== revisionOf(document)) return null;
  return { key, number, hash, version, createdAt, deck: { ...document, connector: document.connector } };
}

function missing(key: string, number: number): FlowdeckError {
  return new FlowdeckError<HostCode>('snapshot-missing', `The connector "${key}" has no version ${number}.`, {
    hint: 'flowdeck connector list shows those that there are.',
  });
}

function changedSince(file: string): FlowdeckError {
  return new FlowdeckError<HostCode>('snapshot-damaged', 'A version of a connector was changed after it was kept.', {
    at: { file },
    hint: 'Restore the file from a copy, or move the pointers to another version.',
  });
}
