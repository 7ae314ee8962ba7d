/** The credentials of a connection: what it has by its kind of authentication, and what the manifest of its connector adds. */
import type { Field } from '../values/index.js';
import type { AuthMethod, ConnectorDocument } from './types.js';

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

/** All names that flows of a connector may read under `/connection`. */
export function connectionNames({ auth, parameters = [] }: ConnectorDocument): ReadonlySet<string> {
  const { required, further } = BY_KIND[auth.type];
  return new Set([...required, ...further, ...[...(auth.fields ?? []), ...parameters].map(({ key }) => key)]);
}
