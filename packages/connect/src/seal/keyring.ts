/** Envelope encryption: the host's key wraps data keys, and those seal what is kept. Changing the host's key rewraps them only. */
import { isPlainObject } from '@flowdeck/engine/kit';
import { fromBase64 } from './bytes.js';
import { importKey, randomKey, type SealedText, seal, unseal } from './cipher.js';

/** A keyring at rest. It is of no use without the host's key. */
export interface KeyringData {
  /** Version of this form. */
  readonly format: 1;
  /** Id of the key that seals what is written from now on. */
  readonly current: string;
  /** Wrapped keys, by id. */
  readonly keys: Readonly<Record<string, SealedText>>;
}

/** A text that a keyring has sealed. */
export interface SealedRecord extends SealedText {
  /** Version of this form. */
  readonly format: 1;
  /** Id of the key. */
  readonly key: string;
}

/** Why a keyring does not open. */
export type KeyringFault = 'key' | 'format';

const PREFIX = 'flowdeck|1';

/** Data keys, and what seals and opens with them. */
export class Keyring {
  readonly #host: CryptoKey;
  readonly #keys: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
  readonly #open = new Map<string, Promise<CryptoKey | null>>();
  /** Id of the key that seals from now on. */
  readonly current: string;

  private constructor(host: CryptoKey, keys: ReadonlyMap<string, Uint8Array<ArrayBuffer>>, current: string) {
    this.#host = host;
    this.#keys = keys;
    this.current = current;
  }

  /** A new one, with one key. Null: what the host gave is no key. */
  static async create(host: string): Promise<Keyring | null> {
    const key = await hostKey(host);
    return key === null ? null : new Keyring(key, new Map([['1', randomKey()]]), '1');
  }

  /** Opens one with the host's key. */
  static async open(data: unknown, host: string): Promise<Keyring | KeyringFault> {
    const key = await hostKey(host);
    if (key === null) return 'key';
    if (!isKeyring(data)) return 'format';
    const keys = new Map<string, Uint8Array<ArrayBuffer>>();
    for (const [id, wrapped] of Object.entries(data.keys)) {
      const bytes = await unseal(key, keyContext(id), wrapped);
      if (bytes === null) return 'key';
      keys.set(id, bytes);
    }
    return keys.has(data.current) ? new Keyring(key, keys, data.current) : 'format';
  }

  /** What to keep of it. */
  async data(): Promise<KeyringData> {
    const wrapped: Record<string, SealedText> = {};
    for (const [id, bytes] of this.#keys) wrapped[id] = await seal(this.#host, keyContext(id), bytes);
    return { format: 1, current: this.current, keys: wrapped };
  }

  /** The same keys under another key of the host. Null: that is no key. */
  async rewrapped(host: string): Promise<Keyring | null> {
    const key = await hostKey(host);
    return key === null ? null : new Keyring(key, this.#keys, this.current);
  }

  /** With a new key for what is written from now on; the old ones still open what they sealed. */
  rotated(): Keyring {
    const next = String(Math.max(...[...this.#keys.keys()].map(Number)) + 1);
    return new Keyring(this.#host, new Map([...this.#keys, [next, randomKey()]]), next);
  }

  /** Without the keys that nothing is sealed with any more. */
  without(ids: ReadonlySet<string>): Keyring {
    const left = [...this.#keys].filter(([id]) => id === this.current || !ids.has(id));
    return new Keyring(this.#host, new Map(left), this.current);
  }

  /** Ids of all keys. */
  get ids(): readonly string[] {
    return [...this.#keys.keys()];
  }

  /** Seals a text under a name: it opens under no other. */
  async seal(name: string, text: string): Promise<SealedRecord> {
    const key = await this.#key(this.current);
    if (key === null) throw new Error('The current key of a keyring is always there.');
    const bytes = new Uint8Array(new TextEncoder().encode(text));
    return { format: 1, key: this.current, ...(await seal(key, recordContext(name, this.current), bytes)) };
  }

  /** Null: it was sealed under another name or with another key, or was changed. */
  async unseal(name: string, record: unknown): Promise<string | null> {
    if (!isRecord(record)) return null;
    const key = await this.#key(record.key);
    if (key === null) return null;
    const bytes = await unseal(key, recordContext(name, record.key), record);
    return bytes === null ? null : new TextDecoder().decode(bytes);
  }

  #key(id: string): Promise<CryptoKey | null> {
    const bytes = this.#keys.get(id);
    if (bytes === undefined) return Promise.resolve(null);
    const known = this.#open.get(id) ?? importKey(bytes);
    this.#open.set(id, known);
    return known;
  }
}

async function hostKey(text: string): Promise<CryptoKey | null> {
  const bytes = fromBase64(text.trim());
  return bytes === null ? null : importKey(bytes);
}

function keyContext(id: string): string {
  return `${PREFIX}|key|${id}`;
}

function recordContext(name: string, key: string): string {
  return `${PREFIX}|connection|${name}|${key}`;
}

function isSealed(value: unknown): value is SealedText {
  return isPlainObject(value) && typeof value['iv'] === 'string' && typeof value['text'] === 'string';
}

function isRecord(value: unknown): value is SealedRecord {
  return isPlainObject(value) && value['format'] === 1 && typeof value['key'] === 'string' && isSealed(value);
}

function isKeyring(value: unknown): value is KeyringData {
  if (!isPlainObject(value) || value['format'] !== 1 || typeof value['current'] !== 'string') return false;
  const { keys } = value;
  return isPlainObject(keys) && Object.values(keys).every(isSealed);
}
