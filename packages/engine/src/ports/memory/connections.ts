/** Connections that the host hands over as an object. */
import type { Connection } from '../connections.js';

/** A port that gives everybody the same. */
export function fixedConnections(connections: Readonly<Record<string, Connection>>): {
  readonly get: (name: string) => Connection | null;
} {
  return { get: (name) => (Object.hasOwn(connections, name) ? (connections[name] ?? null) : null) };
}
