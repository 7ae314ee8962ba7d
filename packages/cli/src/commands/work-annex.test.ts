/** `flowdeck work --annex`: what is too long for a runtime goes to a directory, on every runtime that is there. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { PLACES } from '../../test/places.js';
import { Directory, flowdeck } from '../../test/support.js';
import { startWorker } from '../../test/worker.js';

/** As JSON each of these characters has six bytes: 18 MB, of a service that sends 3. */
const LENGTH = 3_000_000;
const LONG = '\u0001'.repeat(LENGTH);

const DECK = {
  flowdeck: 1,
  flows: [
    {
      id: 'long',
      type: 'manual',
      inputs: [{ key: 'url', type: 'text' }],
      outputs: [{ key: 'length', type: 'number' }],
      cards: [
        { id: 'said', card: 'http.get', in: { url: { from: '/inputs/url' } } },
        { id: 'ask', card: 'control.pause', in: { message: 'Look at it' } },
        { id: 'measured', card: 'text.length', in: { text: { from: '/said/body' } } },
        { card: 'flow.return', in: { length: { from: '/measured/length' } } },
      ],
    },
  ],
};

const KEY = Buffer.alloc(32, 7).toString('base64');

async function talkative() {
  const server = createServer((_request, response) => response.setHeader('content-type', 'text/plain').end(LONG));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on a port
  return { address: `127.0.0.1:${port}`, close: () => server.close() };
}

/** All files below a directory. */
function filesIn(dir: string): readonly string[] {
  if (!existsSync(dir)) return [];
  const found = readdirSync(dir, { recursive: true, withFileTypes: true, encoding: 'utf8' });
  return found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** A text of the annex is longer than this, sealed or not; the id of its run is not. */
const MANY_BYTES = 1_000_000;

for (const [name, open] of Object.entries(PLACES)) {
  if (typeof open === 'string') {
    console.warn(`SKIPPED: flowdeck work --annex on ${name}: ${open}`);
    continue;
  }
  test(`${name}: a result beyond recordBytes is refused, or kept in the annex, sealed, for another life`, async () => {
    const directory = new Directory({ 'deck.flow.json': DECK, key: KEY });
    const cwd = directory.path;
    const service = await talkative();
    const place = await open(cwd);
    const shared = ['--runtime', place.address, '--key-file', 'key'];
    const start = (...more: string[]) =>
      startWorker(cwd, ['deck.flow.json', ...shared, ...place.workerArgs, '--allow-host', service.address, ...more]);
    const run = (...more: string[]) => {
      const input = `url=http://${service.address}/`;
      return flowdeck(['run', 'deck.flow.json', '--input', input, '--json', ...more, ...shared], { cwd });
    };
    try {
      // A journal has an annex by itself.
      if (name !== 'journal') {
        const without = await start();
        const { stdout, code } = await run('--run-id', 'without');
        assert.is(code, 4, stdout);
        const { error } = JSON.parse(stdout);
        assert.is(error.code, 'limit');
        assert.match(error.message, /recordBytes \(16777216 bytes of JSON\)/);
        assert.match(error.hint, /flowdeck work --annex DIR/);
        await without.end('SIGTERM');
      }
      const first = await start('--annex', 'long');
      const begun = await run('--run-id', 'with', '--detach');
      assert.is(begun.code, 0, begun.stdout);
      const annex = join(cwd, 'long');
      const texts = () =>
        filesIn(annex).filter((file) => !file.endsWith('.part') && readFileSync(file).length > MANY_BYTES);
      while (texts().length === 0) await new Promise((resolve) => setImmediate(resolve));
      for (const file of filesIn(annex)) assert.not.match(readFileSync(file, 'utf8'), /\\u0001|^with/);
      await first.end('SIGKILL');

      const second = await start('--annex', 'long');
      assert.is((await flowdeck(['runs', 'signal', 'with', ...shared], { cwd })).code, 0);
      const ended = JSON.parse((await run('--run-id', 'with')).stdout);
      assert.equal(ended, { status: 'success', outputs: { length: LENGTH }, error: null, runId: 'with' });
      assert.is(await second.end('SIGTERM'), 0);
    } finally {
      service.close();
      await place.close();
      directory.remove();
    }
  });
}

test('an annex that is no directory is told of before any run is taken', async () => {
  const directory = new Directory({ 'deck.flow.json': DECK, taken: 'a file' });
  try {
    const argv = ['work', 'deck.flow.json', '--runtime', 'journal:runs', '--annex', 'taken'];
    const ran = await flowdeck(argv, { cwd: directory.path });
    assert.is(ran.code, 2, ran.stderr);
    assert.match(ran.stderr, /file-unwritable/);
  } finally {
    directory.remove();
  }
});

test.run();
