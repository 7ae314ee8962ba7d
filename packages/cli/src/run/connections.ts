/** Reads connection files. No message ever holds what stands in one. */
import type { Connection, Diagnostic, Value, ValueObject } from '@flowdeck/engine';
import { isPlainObject, pointerTo } from '@flowdeck/engine/kit';
import { UsageError } from '../errors.js';
import { readDataFile } from '../project/data-file.js';
import type { Io } from '../system/io.js';

/**
 * The connections of `--connection NAME=FILE`.
 *
 * @throws UsageError `connection-option` (not NAME=FILE, or a name given twice) and what `readConnection` throws.
 */
export async function readConnections(options: readonly string[], io: Io): Promise<ReadonlyMap<string, Connection>> {
  const connections = new Map<string, Connection>();
  for (const option of options) {
    const [, name, file] = /^([^=]+)=(.+)$/s.exec(option) ?? [];
    if (name === undefined || file === undefined) {
      throw new UsageError('connection-option', `--connection ${JSON.stringify(option)} is not NAME=FILE.`, {
        hint: 'NAME is what cards give as "connection": --connection twilio=twilio.json',
      });
    }
    if (connections.has(name)) {
      throw new UsageError('connection-option', `The connection "${name}" is given twice.`, {
        hint: 'Keep one of the two.',
      });
    }
    connections.set(name, await readConnection(file, io));
  }
  return connections;
}

/**
 * @throws UsageError `file-missing`, `file-unreadable`, `connection-file` (not JSON of the right shape),
 * `connection-secret-missing` (an environment variable that is not set).
 */
export async function readConnection(path: string, io: Io): Promise<Connection> {
  const read = await readDataFile(path, io);
  if (read.fault !== null) throw unusable(path, faultText(read.fault));
  const { data: value } = read;
  if (!isPlainObject(value)) throw unusable(path, 'it is not a JSON object');
  for (const key of Object.keys(value)) {
    if (!['$schema', 'connector', 'method', 'auth', 'parameters'].includes(key))
      throw unusable(path, `it has no use for "${key}"`);
  }
  const { connector, method, auth, parameters = {} } = value;
  if (typeof connector !== 'string' || connector === '')
    throw unusable(path, '"connector" must be the key of a connector');
  if (method !== undefined && typeof method !== 'string')
    throw unusable(path, '"method" must be the key of a method of authentication');
  if (!isPlainObject(auth)) throw unusable(path, '"auth" must be an object of credentials');
  if (!isPlainObject(parameters)) throw unusable(path, '"parameters" must be an object');
  const resolver = new Resolver(path, io.env);
  return {
    connector,
    ...(method === undefined ? {} : { method }),
    auth: resolver.record(auth, '/auth'),
    parameters: resolver.record(parameters, '/parameters'),
  };
}

/** Without the reader's own words: they may quote what stands there. */
function faultText({ code, line, column }: Diagnostic): string {
  const what = code === 'duplicate-member' ? 'a name stands twice in one object' : 'it is not JSON';
  return line === undefined ? what : `${what} (line ${line}, column ${column})`;
}

/** Nesting that no connection needs. */
const MAX_DEPTH = 20;

/** Replaces `{"env": "NAME"}` by what the environment holds. */
class Resolver {
  readonly #path: string;
  readonly #env: Io['env'];

  constructor(path: string, env: Io['env']) {
    this.#path = path;
    this.#env = env;
  }

  record(record: Readonly<Record<string, unknown>>, pointer: string, depth = 0): ValueObject {
    const resolved: Record<string, Value> = {};
    for (const [key, value] of Object.entries(record)) {
      if (key === '__proto__' || key === 'constructor' || key === 'prototype') {
        throw unusable(this.#path, `a name under "${pointer}" reaches the prototype of an object`);
      }
      resolved[key] = this.#value(value, pointerTo(pointer, key), depth + 1);
    }
    return resolved;
  }

  #value(value: unknown, pointer: string, depth: number): Value {
    if (depth > MAX_DEPTH) throw unusable(this.#path, `it is nested too deeply at "${pointer}"`);
    if (Array.isArray(value))
      return value.map((item, index) => this.#value(item, pointerTo(pointer, index), depth + 1));
    if (!isPlainObject(value)) return value as Value; // it comes from JSON, and what JSON holds is a value
    const name = variableOf(value);
    if (name === null) return this.record(value, pointer, depth);
    const secret = Object.hasOwn(this.#env, name) ? this.#env[name] : undefined;
    if (secret !== undefined && secret !== '') return secret;
    throw new UsageError(
      'connection-secret-missing',
      `The environment variable ${name} is not set, which ${this.#path} asks for at ${pointer}.`,
      {
        at: { file: this.#path, pointer },
        hint: `Set it for this command: ${name}=... flowdeck ...`,
      },
    );
  }
}

/** The variable of `{"env": "NAME"}`; null for any other object. */
function variableOf(value: Readonly<Record<string, unknown>>): string | null {
  const { env } = value;
  return typeof env === 'string' && Object.keys(value).length === 1 ? env : null;
}

function unusable(path: string, what: string): UsageError {
  return new UsageError('connection-file', `The connection file ${JSON.stringify(path)} cannot be used: ${what}.`, {
    at: { file: path },
    hint: 'Write {"connector": "key", "auth": {"username": {"env": "NAME"}, ...}, "parameters": {}}.',
  });
}
