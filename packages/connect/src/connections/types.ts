/** Connections as a host keeps them, and where it keeps them. */
import type { Connection } from '@flowdeck/engine';

/** `ready`: it can be used. `needs-login`: its grant is dead, and only its owner can give another. */
export type ConnectionState = 'ready' | 'needs-login';

/** A connection at rest. Everything in it is the store's to protect. */
export interface StoredConnection extends Connection {
  /** By which cards name it; unique in the store. */
  readonly name: string;
  /** Whether it can be used. */
  readonly state: ConnectionState;
  /** Why it needs a login, for people. Null: it does not. */
  readonly reason: string | null;
  /** Milliseconds since 1970 at which its access token ends; null: unknown, or it has none. */
  readonly expiresAt: number | null;
  /** Since when a renewal is under way whose answer is not here yet; null: none is. After a crash it tells of a lost answer. */
  readonly renewingSince: number | null;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** Milliseconds since 1970. */
  readonly changedAt: number;
}

/** Where connections are kept. A name is free of what a file name cannot hold: see {@link isConnectionName}. */
export interface ConnectionStore {
  /** Null when there is none of that name. */
  read(name: string): Promise<StoredConnection | null>;
  /** Resolves when it is durable. */
  write(connection: StoredConnection): Promise<void>;
  /** False when there was none. */
  remove(name: string): Promise<boolean>;
  /** In order. */
  names(): Promise<readonly string[]>;
  /** Runs `work` while nobody else does with the same name, in any process that uses the store. */
  exclusive<T>(name: string, work: () => Promise<T>): Promise<T>;
}

/** Letters, digits, `_`, `-` and `.`, not at the front; at most 64. It is a name that every file system has room for. */
export function isConnectionName(name: string): boolean {
  return /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}$/.test(name);
}
