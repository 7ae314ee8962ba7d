// What is published can be read where it fails: Node prints the line that an uncaught error comes from, whole.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
/** Literals that cannot be broken, such as patterns, may be longer than the build's limit of a line. */
const MOST_OF_A_LINE = 1_000;
const MOST_PRINTED = 4_000;

const built = readdirSync(join(root, 'packages'))
  .map((name) => join(root, 'packages', name, 'dist'))
  .filter((folder) => existsSync(folder));

function isBuilt() {
  if (built.length === 0)
    console.log('SKIPPED: the lines of what is published (nothing is built; run "npm run build")');
  return built.length > 0;
}

test('no line of what is published is too long to read', () => {
  if (!isBuilt()) return;
  const long = [];
  let count = 0;
  for (const folder of built) {
    for (const name of readdirSync(folder, { recursive: true })) {
      if (!name.endsWith('.js')) continue;
      count++;
      for (const [index, { length }] of readFileSync(join(folder, name), 'utf8').split('\n').entries())
        if (length > MOST_OF_A_LINE) long.push(`${join(folder, name)}:${index + 1} has ${length} characters`);
    }
  }
  assert.ok(count >= built.length, `only ${count} files were found`);
  assert.equal(long, []);
});

test('an error of what is published is called what its class is', async () => {
  if (!isBuilt()) return;
  const { FlowdeckError, HttpError } = await import(pathToFileURL(join(root, 'packages/engine/dist/index.js')).href);
  assert.equal(
    [new FlowdeckError('limit', 'x').name, new HttpError('http-status', 'x').name],
    ['FlowdeckError', 'HttpError'],
  );
});

test('an uncaught error of the built engine is short, and names a line', () => {
  if (!isBuilt()) return;
  const engine = join(root, 'packages/engine/dist/index.js');
  const program = `import { createEngine } from ${JSON.stringify(engine)}; createEngine().load('{');`;
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
  assert.is(run.status, 1);
  assert.match(run.stderr, /DocumentError: /);
  const [, line] = /dist[\\/][\w\\/-]+\.js:(\d+)/.exec(run.stderr) ?? [];
  assert.ok(Number(line) > 1, run.stderr.slice(0, MOST_PRINTED));
  assert.ok(run.stderr.length < MOST_PRINTED, `${run.stderr.length} characters`);
});

test('errors of a pack that brings its own copy of the engine keep code, status and hint', async () => {
  if (!isBuilt()) return;
  const own = await import(pathToFileURL(join(root, 'packages/engine/dist/index.js')));
  const folder = mkdtempSync(join(root, 'node_modules/.engine-'));
  try {
    cpSync(join(root, 'packages/engine/dist'), folder, { recursive: true });
    const other = await import(pathToFileURL(join(folder, 'index.js')));
    assert.is.not(other.RunError, own.RunError);
    const card = other.defineCard({
      id: 'acme.order',
      title: 'Order',
      description: 'Orders what is sold out.',
      kind: 'pure',
      inputs: [],
      outputs: [],
      run: () => {
        throw new other.RunError('acme-sold-out', 'Sold out.', { statusCode: 409, hint: 'Order another one.' });
      },
    });
    const pack = other.definePack({ name: 'acme', namespace: 'acme', version: '1.0.0', cards: [card] });
    const engine = own.createEngine({ packs: [pack] });
    const deck = engine.load({ flowdeck: 1, id: 'f', type: 'manual', cards: [{ card: 'acme.order' }] });
    const { error } = await engine.run(deck);
    assert.is(error.code, 'acme-sold-out');
    assert.is(error.statusCode, 409);
    assert.is(error.hint, 'Order another one.');
    const foreign = other.createEngine().load({ flowdeck: 1, id: 'f', type: 'manual', cards: [] });
    const refusal = await engine.run(foreign).catch((reason) => reason);
    assert.is(refusal.code, 'not-a-deck');
    assert.match(refusal.message, /another copy of @flowdeck\/engine/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.run();
