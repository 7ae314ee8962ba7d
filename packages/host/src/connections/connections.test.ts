/** Connections on disk: encrypted, bound to their names, shared by processes, and of no use with another key. */
import { spawn } from 'node:child_process';
import { copyFileSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { newHostKey, type StoredConnection } from '@flowdeck/connect';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { rejection, withDirectory } from '../../test/support.js';
import { openConnections } from './open.js';

const NOW = 1_700_000_000_000;

function stored(name: string, more: Partial<StoredConnection> = {}): StoredConnection {
  return {
    name,
    connector: 'acme',
    auth: { username: 'ada', password: `secret-of-${name}` },
    state: 'ready',
    reason: null,
    expiresAt: null,
    renewingSince: null,
    createdAt: NOW,
    changedAt: NOW,
    ...more,
  };
}

/** All that is on the disk, as one text. */
function bytesIn(dir: string): string {
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .map((name) => join(dir, name))
    .filter((name) => statSync(name).isFile())
    .map((name) => readFileSync(name, 'utf8'))
    .join('\n');
}

test('what is written is read again, by another process of the same key too; nothing of it stands on the disk', () =>
  withDirectory(async (dir) => {
    const key = newHostKey();
    const store = await openConnections({ dir, key });
    await store.write(stored('mine'));
    await store.write(stored('other'));
    const again = await openConnections({ dir, key });
    assert.equal(await again.read('mine'), stored('mine'));
    assert.equal(await again.names(), ['mine', 'other']);
    assert.is(await again.read('third'), null);
    for (const secret of ['secret-of-mine', 'ada', key]) assert.not.match(bytesIn(dir), secret);
    assert.equal(
      [await again.remove('other'), await again.remove('other'), await store.read('other')],
      [true, false, null],
    );
    if (process.platform !== 'win32') {
      for (const name of ['keyring.json', 'mine.connection.json'])
        assert.is(statSync(join(dir, name)).mode & 0o077, 0, 'for its owner alone');
    }
  }));

test('a wrong key opens nothing and changes nothing', () =>
  withDirectory(async (dir) => {
    const store = await openConnections({ dir, key: newHostKey() });
    await store.write(stored('mine'));
    const before = bytesIn(dir);
    for (const key of [newHostKey(), '', 'not base64!', btoa('too short')])
      assert.is((await rejection(openConnections({ dir, key }))).code, 'connection-key');
    assert.is(bytesIn(dir), before);
  }));

test('a file under another name, a changed one and a cut one are of no use; the others are', () =>
  withDirectory(async (dir) => {
    const store = await openConnections({ dir, key: newHostKey() });
    for (const name of ['mine', 'cut', 'changed']) await store.write(stored(name));
    const file = (name: string) => join(dir, `${name}.connection.json`);
    copyFileSync(file('mine'), file('copy'));
    writeFileSync(file('cut'), readFileSync(file('cut'), 'utf8').slice(0, 60));
    const record = JSON.parse(readFileSync(file('changed'), 'utf8')) as { text: string };
    // The shortest tag that some platforms would take.
    writeFileSync(file('changed'), JSON.stringify({ ...record, text: record.text.slice(0, -16) }));
    for (const name of ['copy', 'cut', 'changed'])
      assert.is((await rejection(store.read(name))).code, 'connection-store', name);
    assert.ok(await store.read('mine'));
  }));

test('names that lead elsewhere are refused', () =>
  withDirectory(async (dir) => {
    const store = await openConnections({ dir, key: newHostKey() });
    for (const name of ['../mine', 'a/b', '', '.hidden', 'a\0', 'x'.repeat(65)]) {
      assert.is((await rejection(store.read(name))).code, 'connection-name', JSON.stringify(name));
      assert.is((await rejection(store.write(stored(name)))).code, 'connection-name');
      assert.is((await rejection((async () => store.exclusive(name, async () => null))())).code, 'connection-name');
    }
  }));

test('rotation seals all anew, and processes that were there before go on', () =>
  withDirectory(async (dir) => {
    const key = newHostKey();
    const store = await openConnections({ dir, key });
    const other = await openConnections({ dir, key });
    await store.write(stored('mine'));
    const before = readFileSync(join(dir, 'mine.connection.json'), 'utf8');
    await store.rotate();
    assert.is.not(readFileSync(join(dir, 'mine.connection.json'), 'utf8'), before);
    const { current, keys } = JSON.parse(readFileSync(join(dir, 'keyring.json'), 'utf8')) as {
      current: string;
      keys: object;
    };
    assert.equal([current, Object.keys(keys)], ['2', ['2']]);
    assert.ok(await other.read('mine'));
    await other.write(stored('late'));
    assert.ok(await store.read('late'));
  }));

test('another key of the host: only the keyring changes, and the old key opens no more', () =>
  withDirectory(async (dir) => {
    const [key, next] = [newHostKey(), newHostKey()];
    const store = await openConnections({ dir, key });
    await store.write(stored('mine'));
    const file = join(dir, 'mine.connection.json');
    const before = readFileSync(file, 'utf8');
    await store.rekey(next);
    assert.is(readFileSync(file, 'utf8'), before);
    assert.ok(await (await openConnections({ dir, key: next })).read('mine'));
    assert.is((await rejection(openConnections({ dir, key }))).code, 'connection-key');
    assert.is((await rejection(store.rekey('none'))).code, 'connection-key');
  }));

test('opened with a new key and the former one, it is of the new one from then on', () =>
  withDirectory(async (dir) => {
    const [key, next] = [newHostKey(), newHostKey()];
    await (await openConnections({ dir, key })).write(stored('mine'));
    const before = bytesIn(dir);
    for (const faulty of [
      { key: next, formerKeys: [newHostKey()] },
      { key: 'none', formerKeys: [key] },
    ]) {
      assert.is((await rejection(openConnections({ dir, ...faulty }))).code, 'connection-key');
      assert.is(bytesIn(dir), before);
    }
    const store = await openConnections({ dir, key: next, formerKeys: [newHostKey(), key] });
    assert.equal(await store.read('mine'), stored('mine'));
    assert.ok(await (await openConnections({ dir, key: next })).read('mine'));
    assert.is((await rejection(openConnections({ dir, key }))).code, 'connection-key');
  }));

test('a directory that is a file', () =>
  withDirectory(async (dir) => {
    writeFileSync(join(dir, 'file'), '');
    const error = await rejection(openConnections({ dir: join(dir, 'file'), key: newHostKey() }));
    assert.is(error.code, 'connection-store');
  }));

/** A token server that rotates, and ends the grant when an old refresh token comes again. */
async function tokenServer() {
  const seen = { asked: 0, dead: false };
  let refresh = 'refresh-0';
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      seen.asked++;
      const isKnown = new URLSearchParams(body).get('refresh_token') === refresh;
      seen.dead ||= !isKnown;
      refresh = `refresh-${seen.asked}`;
      const granted = {
        access_token: `access-${seen.asked}`,
        token_type: 'bearer',
        expires_in: 3600,
        refresh_token: refresh,
      };
      response.writeHead(seen.dead ? 400 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(seen.dead ? { error: 'invalid_grant' } : granted));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { seen, url: `http://127.0.0.1:${address.port}/token`, close };
}

function processOf(...args: readonly string[]): Promise<string> {
  const file = fileURLToPath(new URL('../../test/refresher.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', file, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    child.on('error', reject);
    child.on('close', () => resolve(text.trim()));
  });
}

test('1,000 runs in 4 processes on one token that has ended: one refresh, and the grant lives', () =>
  withDirectory(async (dir) => {
    const server = await tokenServer();
    try {
      const key = newHostKey();
      const store = await openConnections({ dir, key });
      const auth = { client_id: 'c', client_secret: 's', access_token: 'access-0', refresh_token: 'refresh-0' };
      await store.write(stored('mine', { auth, expiresAt: 1 }));
      const all = await Promise.all(Array.from({ length: 4 }, () => processOf(dir, key, server.url, '250')));
      assert.equal(
        all,
        Array.from({ length: 4 }, () => '["access-1"]'),
      );
      assert.equal(server.seen, { asked: 1, dead: false });
    } finally {
      await server.close();
    }
  }));

test.run();
