/** Connections in memory: for tests, and hosts that bring them anew at each start. */
import { Turns } from './turns.js';
import type { ConnectionStore, StoredConnection } from './types.js';

/** A store that forgets with its process. */
export function memoryConnections(connections: readonly StoredConnection[] = []): ConnectionStore {
  const kept = new Map(connections.map((each) => [each.name, each]));
  const turns = new Turns();
  return {
    read: async (name) => kept.get(name) ?? null,
    write: async (connection) => void kept.set(connection.name, connection),
    remove: async (name) => kept.delete(name),
    names: async () => [...kept.keys()].sort(),
    exclusive: (name, work) => turns.take(name, work),
  };
}
