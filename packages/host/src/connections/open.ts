/** Connections on disk: one encrypted file each, shared by all processes that have the key. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type ConnectionStore, isConnectionName, Keyring, type StoredConnection, Turns } from '@flowdeck/connect';
import { isPlainObject } from '@flowdeck/engine/kit';
import { faultyKey, nameFaulty, reading, unreadableConnection } from './errors.js';
import { makeDirectory, readJson, removeFile, writeJson } from './files.js';
import { exclusively } from './lock.js';

/** A store of connections on disk. */
export interface DiskConnections extends ConnectionStore {
  /** Seals everything anew with a new data key, and forgets the old ones. It may be stopped and begun again. */
  rotate(): Promise<void>;
  /** Another key of the host opens the store from now on. Data keys are rewrapped; connections stay as they are. */
  rekey(key: string): Promise<void>;
}

/** How a store of connections is opened. */
export interface DiskConnectionsOptions {
  /** Made if it is not there. Owned by this user alone. */
  readonly dir: string;
  /** The host's key: 32 bytes as Base64, from a file, the environment or a vault. */
  readonly key: string;
  /** Keys that the host had before: what one of them opens is of the new one from then on. */
  readonly formerKeys?: readonly string[];
}

const KEYRING = 'keyring.json';
const ENDING = '.connection.json';
/** The keyring is changed by one process at a time. */
const KEYRING_LOCK = '.keyring';

/**
 * Opens a directory of connections, any number of processes at a time. A key that does not open it changes nothing in it.
 *
 * @throws FlowdeckError `connection-key` (a wrong key, or none), `connection-store` (the directory cannot be used).
 * @example
 * const store = await openConnections({ dir: '.flowdeck/connections', key: process.env.FLOWDECK_KEY ?? '' });
 */
export async function openConnections({ dir, key, formerKeys = [] }: DiskConnectionsOptions): Promise<DiskConnections> {
  await reading(dir, () => makeDirectory(dir));
  const keyring = await exclusively(dir, KEYRING_LOCK, () => openKeyring(dir, key, formerKeys));
  return new Store(dir, key, keyring);
}

async function openKeyring(dir: string, key: string, formerKeys: readonly string[] = []): Promise<Keyring> {
  const file = join(dir, KEYRING);
  const data = await reading(dir, () => readJson(file));
  if (data !== undefined) {
    const opened = await Keyring.open(data, key);
    if (opened instanceof Keyring) return opened;
    if (opened === 'format') throw unreadableConnection(file);
    for (const former of formerKeys) {
      const keyring = await Keyring.open(data, former);
      const rewrapped = keyring instanceof Keyring ? await keyring.rewrapped(key) : null;
      if (rewrapped === null) continue;
      await reading(dir, async () => writeJson(file, await rewrapped.data()));
      return rewrapped;
    }
    throw faultyKey(dir);
  }
  const made = await Keyring.create(key);
  if (made === null) throw faultyKey(dir);
  await reading(dir, async () => writeJson(file, await made.data()));
  return made;
}

class Store implements DiskConnections {
  readonly #dir: string;
  #key: string;
  #keyring: Keyring;
  readonly #turns = new Turns();

  constructor(dir: string, key: string, keyring: Keyring) {
    this.#dir = dir;
    this.#key = key;
    this.#keyring = keyring;
  }

  async read(name: string): Promise<StoredConnection | null> {
    const file = this.#file(name);
    const record = await reading(this.#dir, () => readJson(file));
    if (record === undefined) return null;
    // Another process may have a new data key since.
    const text = (await this.#keyring.unseal(name, record)) ?? (await (await this.#reopened()).unseal(name, record));
    const connection: unknown = text === null ? null : JSON.parse(text);
    if (!isStored(connection, name)) throw unreadableConnection(file);
    return connection;
  }

  async write(connection: StoredConnection): Promise<void> {
    const file = this.#file(connection.name);
    // Never with a data key that another process has given up since.
    const record = await (await this.#reopened()).seal(connection.name, JSON.stringify(connection));
    await reading(this.#dir, () => writeJson(file, record));
  }

  async remove(name: string): Promise<boolean> {
    const file = this.#file(name);
    return reading(this.#dir, () => removeFile(file));
  }

  async names(): Promise<readonly string[]> {
    const entries = await reading(this.#dir, () => readdir(this.#dir));
    return entries
      .filter((each) => each.endsWith(ENDING))
      .map((each) => each.slice(0, -ENDING.length))
      .sort();
  }

  exclusive<T>(name: string, work: () => Promise<T>): Promise<T> {
    this.#file(name);
    // One of this process asks for the lock at a time: the lock knows processes only.
    return this.#turns.take(name, () => exclusively(this.#dir, name, work));
  }

  async rotate(): Promise<void> {
    await this.#change(async (keyring) => keyring.rotated());
    for (const name of await this.names()) {
      await this.exclusive(name, async () => {
        const connection = await this.read(name);
        if (connection !== null) await this.write(connection);
      });
    }
    await this.#change(async (keyring) => keyring.without(new Set(keyring.ids)));
  }

  async rekey(key: string): Promise<void> {
    await this.#change(async (keyring) => {
      const rewrapped = await keyring.rewrapped(key);
      if (rewrapped === null) throw faultyKey(this.#dir);
      return rewrapped;
    });
    this.#key = key;
  }

  #change(change: (keyring: Keyring) => Promise<Keyring>): Promise<void> {
    return this.#turns.take(KEYRING_LOCK, () =>
      exclusively(this.#dir, KEYRING_LOCK, async () => {
        const changed = await change(await openKeyring(this.#dir, this.#key));
        await reading(this.#dir, async () => writeJson(join(this.#dir, KEYRING), await changed.data()));
        this.#keyring = changed;
      }),
    );
  }

  async #reopened(): Promise<Keyring> {
    this.#keyring = await openKeyring(this.#dir, this.#key);
    return this.#keyring;
  }

  #file(name: string): string {
    if (!isConnectionName(name)) throw nameFaulty(name);
    return join(this.#dir, `${name}${ENDING}`);
  }
}

/** What this module wrote, and under this name. */
function isStored(value: unknown, name: string): value is StoredConnection {
  return isPlainObject(value) && value['name'] === name && isPlainObject(value['auth']);
}
