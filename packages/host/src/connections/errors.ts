/** What can go wrong with a store of connections. No message holds what stands in one. */
import type { ConnectCode } from '@flowdeck/connect';
import { FlowdeckError } from '@flowdeck/engine';
import { reasonOf } from '../log/errors.js';

/** Runs file operations, and says what they were for when they fail. */
export async function reading<T>(dir: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof FlowdeckError) throw cause;
    throw new FlowdeckError<ConnectCode>(
      'connection-store',
      `The directory of connections cannot be used: ${reasonOf(cause)}`,
      { at: { file: dir }, hint: 'It has to be a directory that this process may read and write.', cause },
    );
  }
}

export function faultyKey(dir: string): FlowdeckError {
  return new FlowdeckError<ConnectCode>('connection-key', 'The key does not open the store of connections.', {
    at: { file: dir },
    hint: 'Give the key that it was made with: 32 bytes, as Base64. Nothing was changed.',
  });
}

/** That one is of no use; the others are not touched by it. */
export function unreadableConnection(file: string): FlowdeckError {
  return new FlowdeckError<ConnectCode>('connection-store', 'A file of the store of connections is damaged.', {
    at: { file },
    hint: 'Restore it from a copy, or remove it and make the connection again.',
  });
}

export function nameFaulty(name: string): FlowdeckError {
  return new FlowdeckError<ConnectCode>('connection-name', `A connection cannot be called ${JSON.stringify(name)}.`, {
    hint: 'Use letters, digits, "_", "-" and ".", not at the front; at most 64.',
  });
}
