/** What a connection of the connector "http" adds to a request. */
import type { Connection, ValueObject } from '@flowdeck/engine';
import { base64, utf8 } from '../shared/bytes.js';

/**
 * By the credentials that the connection holds: `username` and `password` (Basic, RFC 7617), `access_token` (Bearer,
 * RFC 6750), or `header` and `value` (a header of the author's choice). The cards take no other connector's connection:
 * its own flows say how its credentials are sent.
 */
export function connectionHeaders(connection: Connection | null): ValueObject {
  if (connection === null) return {};
  const { username, password, access_token: token, header, value } = connection.auth;
  if (typeof token === 'string') return { Authorization: `Bearer ${token}` };
  if (typeof header === 'string' && typeof value === 'string') return { [header]: value };
  if (typeof username !== 'string') return {};
  const credentials = `${username}:${typeof password === 'string' ? password : ''}`;
  return { Authorization: `Basic ${base64(utf8(credentials))}` };
}
