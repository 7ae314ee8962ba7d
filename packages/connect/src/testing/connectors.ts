/** Connectors for tests: a sound one, as a deck and as the files of a directory. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ConnectorFiles } from '../manifest/assemble.js';

/** A manifest, with what a test changes in it. */
export function manifest(more: object = {}): Record<string, unknown> {
  return {
    key: 'acme',
    name: 'Acme',
    version: '1.0.0',
    auth: { type: 'basic' },
    parameters: [{ key: 'base_url', type: 'text', default: 'https://api.acme.example' }],
    flows: { authping: 'ping', actions: ['greet'] },
    ...more,
  };
}

/** A flow, with what a test changes in it. */
export function flow(id: string, type: string, more: object = {}): Record<string, unknown> {
  return { flowdeck: 1, id, type, cards: [], ...more };
}

const WORKING = [{ key: 'working', type: 'boolean' }];

/** The flows of the sound connector. */
export const PING = flow('ping', 'authping', { name: '_authping', outputs: WORKING });
export const GREET = flow('greet', 'action', {
  outputs: [{ key: 'greeting', type: 'text' }],
  cards: [{ card: 'flow.return', in: { greeting: { from: '/connection/username' } } }],
});

/** The files of a connector, as its directory holds them. */
export function filesOf(
  head: object = manifest(),
  flows: readonly Record<string, unknown>[] = [PING, GREET],
): ConnectorFiles {
  const text = (value: object) => JSON.stringify(value, null, 2);
  return {
    manifest: { path: 'connector.json', text: text(head) },
    flows: flows.map((each) => ({ path: `flows/${String(each['id'])}.flow.json`, text: text(each) })),
  };
}

/** Runs something with a directory that holds these files, and removes it. */
export async function withDirectory<T>(
  files: Readonly<Record<string, string>>,
  work: (directory: string) => T | Promise<T>,
): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'flowdeck-connect-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(directory, name)), { recursive: true });
      writeFileSync(join(directory, name), text);
    }
    return await work(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The same of a connector. */
export function withConnector<T>(
  { manifest: head, flows }: ConnectorFiles,
  work: (directory: string) => T | Promise<T>,
  more: Readonly<Record<string, string>> = {},
): Promise<T> {
  return withDirectory(
    Object.fromEntries([...[head, ...flows].map(({ path, text }) => [path, text]), ...Object.entries(more)]),
    work,
  );
}
