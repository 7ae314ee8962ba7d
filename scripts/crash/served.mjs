// The host that the crash script kills: `flowdeck serve` as a process, in a directory and at a port that stay the same.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { newHostKey } from '@flowdeck/connect';
import { openConnections } from '@flowdeck/host';
import { freePort } from '@flowdeck/testing/runtime-contract';
import { FILES } from './deck.mjs';

const COMMAND = fileURLToPath(new URL('../../packages/cli/bin/flowdeck.js', import.meta.url));
const TOKEN = 'a-token-of-the-owner';

export class ServedHost {
  #dir = mkdtempSync(join(tmpdir(), 'flowdeck-crash-'));
  #key = newHostKey();
  #world;
  #port = 0;
  /** The latest process. */
  #child = null;
  /** Whether the latest process was killed. */
  isKilled = true;
  exited = Promise.resolve(null);

  constructor(world) {
    this.#world = world;
  }

  async open() {
    this.#port = await freePort();
    for (const [path, content] of Object.entries(FILES)) {
      mkdirSync(dirname(join(this.#dir, path)), { recursive: true });
      writeFileSync(join(this.#dir, path), JSON.stringify(content));
    }
    const store = await this.#connections();
    await store.write({
      name: 'world',
      connector: 'world',
      auth: { client_id: 'host', client_secret: 's', access_token: 'none', refresh_token: 'refresh-0' },
      parameters: { base_url: this.#world.url },
      state: 'ready',
      reason: null,
      expiresAt: 1,
      renewingSince: null,
      createdAt: 0,
      changedAt: 0,
    });
  }

  /** What the store says of the connection. */
  async connection() {
    return (await (await this.#connections()).read('world'))?.state;
  }

  #connections() {
    return openConnections({ dir: join(this.#dir, 'state/connections'), key: this.#key });
  }

  /** Resolves when it serves, or has been killed meanwhile. */
  async start() {
    await this.#world.drained();
    this.#world.epoch += 1;
    const argv = [COMMAND, 'serve', 'deck.flow.json', '--pack', './world', '--store', 'state', '--on', 'orders'];
    const options = ['--port', String(this.#port), '--allow-host', this.#world.host, '--json'];
    const child = spawn(process.execPath, [...argv, ...options], {
      cwd: this.#dir,
      env: { ...process.env, FLOWDECK_KEY: this.#key, FLOWDECK_ADMIN_TOKEN: TOKEN },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let errors = '';
    child.stderr.on('data', (text) => {
      errors += text;
    });
    this.#child = child;
    this.isKilled = false;
    this.exited = new Promise((resolve) => child.once('exit', resolve));
    let text = '';
    for await (const line of createInterface({ input: child.stdout })) {
      text += line;
      if (line === '}') break;
    }
    if (text.endsWith('}')) return;
    const code = await this.exited;
    if (!this.isKilled) throw new Error(`The host has ended by itself (${code}): ${errors}`);
  }

  kill() {
    if (this.isKilled) return;
    this.isKilled = true;
    this.#child.kill('SIGKILL');
  }

  /** Its exit code when it is asked to end. */
  end() {
    this.#child.kill('SIGTERM');
    return this.exited;
  }

  /** As its owner. Null when it was killed before it had answered. */
  async ask(path, method = 'POST') {
    const asked = this.#child;
    try {
      const url = `http://127.0.0.1:${this.#port}/admin/${path}`;
      // A connection that was kept could be one to the process before.
      const headers = { authorization: `Bearer ${TOKEN}`, connection: 'close' };
      const answer = await fetch(url, { method, headers });
      if (answer.ok) return await answer.json();
      throw new Error(`${path} was answered with ${answer.status}: ${await answer.text()}`);
    } catch (error) {
      // On a busy machine the next one may run before that is heard.
      if (this.isKilled || this.#child !== asked) return null;
      throw error;
    }
  }

  async close() {
    this.kill();
    await this.exited;
    rmSync(this.#dir, { recursive: true, force: true });
  }
}
