/** Connections that the host hands over as an object. */
import type { Connection, Connections } from '../connections.js';

export function fixedConnections(connections: Readonly<Record<string, Connection>>): Connections {
  return { get: (name) => (Object.hasOwn(connections, name) ? (connections[name] ?? null) : null) };
}
