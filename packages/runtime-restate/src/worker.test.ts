/** Runs on a real Restate server, whose worker is killed in their midst. Skips, and says so, where there is no server. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { createServer as createSocket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

/** The server's binary, from its package; null where that is not installed. */
function serverBinary(): string | null {
  const require = createRequire(import.meta.url);
  try {
    const folder = dirname(
      require.resolve(`@restatedev/restate-server-${process.platform}-${process.arch}/package.json`),
    );
    const binary = join(folder, 'bin', 'restate-server');
    return existsSync(binary) ? binary : null;
  } catch {
    return null;
  }
}

async function freePort(): Promise<number> {
  const socket = createSocket();
  await new Promise<void>((resolve) => socket.listen(0, '127.0.0.1', resolve));
  const address = socket.address();
  await new Promise((resolve) => socket.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('No port is free.');
  return address.port;
}

/** Asks again, one turn of the network after the other, until the answer is good. */
async function answering(url: string): Promise<void> {
  for (;;) {
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Resolves with what the child tells when it is ready. */
function ready(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (data: Buffer) => {
      const found = /ready (\w+)/.exec(String(data));
      if (found?.[1] !== undefined) resolve(found[1]);
    });
    child.once('exit', (code) => reject(new Error(`The worker ended with ${code}.`)));
  });
}

const binary = serverBinary();

if (binary === null) {
  console.warn('SKIPPED: no Restate server. npm install --no-save @restatedev/restate-server@1.7.12');
} else {
  test('a run whose worker is killed in its midst ends as one that is not: nothing lost, nothing of before repeated', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'flowdeck-restate-'));
    const [ingress, admin, node, port] = [await freePort(), await freePort(), await freePort(), await freePort()];
    /** When each effect came in, by its key. */
    const seen = new Map<string, number>();
    const repeated: string[] = [];
    let total = 0;
    let onEffect = (_total: number): void => {};
    const effects = createServer((request, answer) => {
      const key = String(request.url);
      if (seen.has(key)) repeated.push(key);
      seen.set(key, ++total);
      onEffect(total);
      answer.end('ok');
    });
    await new Promise<void>((resolve) => effects.listen(0, '127.0.0.1', resolve));
    const address = effects.address();
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
    const server = spawn(binary, ['--base-dir', dir, '--bind-address', `127.0.0.1:${node}`], {
      env: {
        ...process.env,
        RESTATE_DISABLE_TELEMETRY: 'true',
        RESTATE_ADVERTISED_ADDRESS: `http://127.0.0.1:${node}`,
        RESTATE_INGRESS__BIND_ADDRESS: `127.0.0.1:${ingress}`,
        RESTATE_ADMIN__BIND_ADDRESS: `127.0.0.1:${admin}`,
      },
      stdio: 'ignore',
    });
    const program = fileURLToPath(new URL('../test/worker.ts', import.meta.url));
    const start = () =>
      spawn(process.execPath, ['--import', 'tsx', program, String(port), url], { stdio: ['ignore', 'pipe', 'ignore'] });
    let worker = start();
    const send = async (path: string, body: object) => {
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) });
      return (await answer.json()) as Record<string, unknown>;
    };
    try {
      await answering(`http://127.0.0.1:${admin}/health`);
      const revision = await ready(worker);
      await send(`http://127.0.0.1:${admin}/deployments`, { uri: `http://127.0.0.1:${port}` });
      const run = (id: string) => send(`http://127.0.0.1:${ingress}/flowRun/${id}/run`, { revision, flow: 'main' });
      const undisturbed = await run('calm');
      assert.is(undisturbed['status'], 'success', JSON.stringify(undisturbed));
      assert.equal(repeated, []);
      const expected = total;
      for (const point of [1, Math.floor(expected / 2)]) {
        seen.clear();
        total = 0;
        onEffect = (count) => {
          if (count !== point) return;
          worker.kill('SIGKILL');
          worker = start();
        };
        const killed = await run(`killed-${point}`);
        assert.equal([killed['outputs'], killed['steps']], [undisturbed['outputs'], undisturbed['steps']]);
        assert.is(seen.size, expected, 'nothing is lost');
        assert.ok(repeated.length <= 5, `what was under way, and no more: ${repeated}`);
        repeated.length = 0;
      }
    } finally {
      worker.kill('SIGKILL');
      server.kill('SIGKILL');
      effects.close();
      rmSync(dir, { recursive: true, force: true });
    }
  });
}

test.run();
