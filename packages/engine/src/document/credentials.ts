/** The credentials of a connection: what it has by its kind of authentication, and what the manifest of its connector adds. */
import type { Field } from '../values/index.js';
import type { AuthMethod, ConnectorDocument } from './connector-types.js';

/** Credentials by kind of authentication. `required`: a connection without one of these cannot be opened. */
const BY_KIND: Readonly<
  Record<AuthMethod['type'], { readonly required: readonly string[]; readonly further: readonly string[] }>
> = {
  basic: { required: ['username', 'password'], further: [] },
  oauth2: {
    required: ['access_token'],
    further: ['refresh_token', 'token_type', 'scope', 'client_id', 'client_secret'],
  },
  custom: { required: [], further: [] },
};

/** The credentials that a connection must have, with the labels that the manifest gives them. */
export function requiredCredentials({ type, fields = [] }: AuthMethod): readonly Field[] {
  if (type === 'custom') return fields.filter((field) => field.required !== false);
  const declared = new Map(fields.map((field) => [field.key, field]));
  return BY_KIND[type].required.map((key) => declared.get(key) ?? { key, type: 'text' });
}

/** The methods of authentication of a connector, the one that a connection has without naming it first. */
export function authMethodsOf({ auth }: Pick<ConnectorDocument, 'auth'>): readonly AuthMethod[] {
  return areSeveral(auth) ? auth : [auth];
}

/** The method that a connection has chosen; without a name, the first. Null: there is none of that name. */
export function authMethodOf(connector: Pick<ConnectorDocument, 'auth'>, key: string | undefined): AuthMethod | null {
  const methods = authMethodsOf(connector);
  const found = key === undefined ? methods[0] : methods.find((method) => method.key === key);
  return found ?? null;
}

/** `Array.isArray` does not tell a read-only list from what is none. */
function areSeveral<T>(value: T | readonly T[]): value is readonly T[] {
  return Array.isArray(value);
}

/** All names that flows of a connector may read under `/connection`. */
export function connectionNames(connector: ConnectorDocument): ReadonlySet<string> {
  const { parameters = [], config = [] } = connector;
  const credentials = authMethodsOf(connector).flatMap(({ type, fields = [] }) => {
    const { required, further } = BY_KIND[type];
    return [...required, ...further, ...fields.map(({ key }) => key)];
  });
  return new Set([...credentials, ...[...parameters, ...config].map(({ key }) => key)]);
}
