/** Connections: credentials and parameters, checked against the connector's manifest. */
import type { Registry } from '../cards/index.js';
import {
  authMethodOf,
  authMethodsOf,
  type ConnectorDocument,
  type FlowFile,
  requiredCredentials,
} from '../document/index.js';
import { ConnectionError } from '../errors.js';
import type { Redactor } from '../observe/index.js';
import type { Connection } from '../ports/index.js';
import { converter, type Field, fieldName, isPlainObject, type Value, type ValueObject } from '../values/index.js';
import { isConnectorDeck } from './connector.js';

export interface Opened {
  readonly connection: Connection;
  /** What flows read under `connection`: credentials and parameters side by side. */
  readonly values: ValueObject;
}

/** Asks the host's port for a connection. What it gives comes from a file or a vault, and may be anything. */
export type ConnectionLookup = (name: string) => unknown;

/** Gives the manifest of a connector by its key: of a registered one, or of the deck that is run. */
export type ManifestFinder = (connector: string) => ConnectorDocument | null;

/** A connector that is run from its own file is held to the same manifest as one of a pack. */
export function manifestsOf(registry: Registry, deck: FlowFile): ManifestFinder {
  const own = isConnectorDeck(deck) ? deck.connector : null;
  return (key) => {
    if (own?.key === key) return own;
    const known = registry.connector(key)?.deck;
    return known !== undefined && isConnectorDeck(known) ? known.connector : null;
  };
}

/**
 * Finds a connection and checks it.
 *
 * @throws ConnectionError `connection-missing`, `connection-mismatch` (of another connector), `connection-incomplete`
 * (a required credential or parameter is absent), `connection-invalid` (a parameter of the wrong type, or no connection
 * at all), `connection-unavailable` (the port failed).
 */
export async function openConnection(
  name: string,
  connectors: ReadonlySet<string>,
  lookUp: ConnectionLookup,
  manifestOf: ManifestFinder,
  redactor: Redactor,
): Promise<Opened> {
  const connection = await find(name, lookUp);
  if (connection === null) {
    throw new ConnectionError('connection-missing', `There is no connection "${name}".`, {
      hint: `Give one: connections: { "${name}": { connector, auth, parameters } }, or --connection ${/\s/.test(name) ? `"${name}=FILE"` : `${name}=FILE`}.`,
    });
  }
  for (const key of connectors) {
    if (connection.connector !== key) {
      throw new ConnectionError(
        'connection-mismatch',
        `Connection "${name}" belongs to "${connection.connector}", and a card asks for one of "${key}".`,
        {
          hint: `Give "${name}" a connection whose "connector" is "${key}".`,
        },
      );
    }
  }
  return openedConnection(name, connection, manifestOf, redactor);
}

/**
 * Holds a connection against the manifest of its connector, and has its secrets redacted.
 *
 * @throws ConnectionError `connection-incomplete`, `connection-invalid`.
 */
export function openedConnection(
  name: string,
  connection: Connection,
  manifestOf: ManifestFinder,
  redactor: Redactor,
): Opened {
  redactor.add(connection.auth as ValueObject); // a host gives plain values by name
  const manifest = manifestOf(connection.connector);
  return {
    connection,
    values: manifest
      ? checked(name, connection, manifest, redactor)
      : { ...connection.auth, ...connection.parameters, ...connection.config },
  };
}

async function find(name: string, lookUp: ConnectionLookup): Promise<Connection | null> {
  let found: unknown;
  try {
    found = await lookUp(name);
  } catch (cause) {
    // The port knows better what is wrong with it.
    if (cause instanceof ConnectionError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ConnectionError('connection-unavailable', `Connection "${name}" could not be read: ${reason}`, {
      cause,
      hint: 'Look at what keeps the connections of this host.',
    });
  }
  if (found === undefined || found === null) return null;
  if (isConnection(found)) return found;
  throw new ConnectionError('connection-invalid', `Connection "${name}" is not a connection.`, {
    hint: 'Give an object with "connector" (a text), "auth" (an object) and, if there are any, "parameters" (an object).',
  });
}

function isConnection(value: unknown): value is Connection {
  if (!isPlainObject(value)) return false;
  const { connector, method, auth, parameters, config } = value;
  return (
    typeof connector === 'string' &&
    isPlainObject(auth) &&
    (method === undefined || typeof method === 'string') &&
    [parameters, config].every((each) => each === undefined || isPlainObject(each))
  );
}

function checked(name: string, connection: Connection, manifest: ConnectorDocument, redactor: Redactor): ValueObject {
  const { parameters } = manifest;
  const method = authMethodOf(manifest, connection.method);
  if (method === null) throw unknownMethod(name, connection, manifest);
  const values: Record<string, Value> = { ...connection.auth };
  for (const { key, value = null, secret } of manifest.config ?? []) {
    values[key] = connection.config?.[key] ?? value;
    if (secret) redactor.add(values[key] ?? null);
  }
  for (const field of requiredCredentials(method)) {
    if (isMissing(connection.auth[field.key])) throw incomplete(name, 'credential', field, 'auth');
  }
  for (const field of parameters ?? []) {
    const given = connection.parameters?.[field.key];
    const value = isMissing(given) ? field.default : given;
    if (isMissing(value)) {
      if (field.required) throw incomplete(name, 'parameter', field, 'parameters');
      values[field.key] = null;
      continue;
    }
    try {
      values[field.key] = converter(field)(value);
    } catch (cause) {
      throw new ConnectionError(
        'connection-invalid',
        `Connection "${name}": the parameter "${field.key}" is not a ${field.type}.`,
        { cause, at: { field: field.key } },
      );
    }
    if (field.secret) redactor.add(values[field.key] ?? null);
  }
  for (const key of Object.keys(connection.parameters ?? {})) {
    if (!(parameters ?? []).some((field) => field.key === key)) {
      throw new ConnectionError(
        'connection-invalid',
        `Connection "${name}": "${connection.connector}" has no parameter "${key}".`,
        {
          at: { field: key },
          hint: `Parameters: ${(parameters ?? []).map((field) => field.key).join(', ') || 'none'}.`,
        },
      );
    }
  }
  return values;
}

function unknownMethod(name: string, { connector, method }: Connection, manifest: ConnectorDocument): ConnectionError {
  const known = authMethodsOf(manifest).flatMap(({ key }) => (key === undefined ? [] : [`"${key}"`]));
  return new ConnectionError(
    'connection-invalid',
    `Connection "${name}": "${connector}" has no method of authentication "${method}".`,
    { at: { field: 'method' }, hint: `Methods: ${known.join(', ') || 'only one, which needs no name'}.` },
  );
}

function isMissing(value: Value | undefined): value is null | undefined | '' {
  return value === undefined || value === null || value === '';
}

function incomplete(name: string, what: string, field: Field, member: string): ConnectionError {
  const label = field.label ? ` (${field.label})` : '';
  return new ConnectionError(
    'connection-incomplete',
    `Connection "${name}" lacks the ${what} "${fieldName(field)}"${label}.`,
    {
      at: { field: field.key },
      hint: `Add it under "${member}".`,
    },
  );
}
