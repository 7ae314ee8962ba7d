// What a short process of the command loads: nothing that its flow does not use. A clock would not say it the same way twice; the files that are
// loaded do.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const command = join(root, 'packages/cli/bin/flowdeck.js');
const isBuilt = existsSync(join(root, 'packages/cli/dist/index.js'));
if (!isBuilt) console.log('SKIPPED: what a run loads (nothing is built; run "npm run build")');

/** Of a flow of three cards: files, and kilobytes of source. A bound that is passed asks what the new ones are for. */
const MOST_OF_A_RUN = { files: 12, kilobytes: 1_000 };
/** Of a test of one case: files. */
const MOST_OF_A_TEST = 16;

const greet = [
  { id: 'greeting', card: 'text.concatenate', in: { 'text 1': 'Hello', 'text 2': ', world' } },
  { id: 'same', card: 'boolean.compare', in: { left: { from: '/greeting/output' }, right: 'Hello, world' } },
  { card: 'flow.return', in: { greeting: { from: '/greeting/output' }, same: { from: '/same/result' } } },
];

const folder = mkdtempSync(join(tmpdir(), 'flowdeck-start-'));
test.after(() => rmSync(folder, { recursive: true }));

/** Stands for the path of the flow among arguments. */
const FILE = Symbol('file');

/** Runs the command on a flow of these cards; Node itself writes down which scripts there were. */
function load(args, cards = []) {
  const file = join(folder, 'f.flow.json');
  const coverage = mkdtempSync(join(folder, 'loaded-'));
  writeFileSync(file, JSON.stringify({ flowdeck: 1, id: 'f', type: 'manual', cards }));
  const env = { ...process.env, NODE_V8_COVERAGE: coverage };
  const given = args.map((each) => (each === FILE ? file : each));
  const { stdout, stderr } = spawnSync(process.execPath, [command, ...given], { encoding: 'utf8', env });
  const files = readdirSync(coverage).flatMap((name) =>
    JSON.parse(readFileSync(join(coverage, name), 'utf8')).result.flatMap(({ url }) =>
      url.startsWith('file:') ? [relative(root, fileURLToPath(url)).replaceAll('\\', '/')] : [],
    ),
  );
  return { stdout, stderr, files };
}

test('a run loads the modules of the cards that its flow names, and no library', () => {
  if (!isBuilt) return;
  const { stdout, files } = load(['run', FILE], greet);
  assert.match(stdout, 'Hello, world');
  const cards = files.filter((file) => file.startsWith('packages/cards/')).sort();
  assert.equal(cards, [
    'packages/cards/dist/modules.js',
    'packages/cards/dist/modules/boolean.js',
    'packages/cards/dist/modules/flow.js',
    'packages/cards/dist/modules/text.js',
  ]);
  const others = files.filter((file) => !/^packages\/(?:cards|cli|engine)\//.test(file));
  assert.equal(others, [], 'no undici, no ajv, no parser, no other package');
  const kilobytes = files.reduce((sum, file) => sum + statSync(join(root, file)).size, 0) / 1_000;
  console.log(`COUNT a run of three cards: ${files.length} files, ${kilobytes.toFixed(0)} kB`);
  assert.ok(files.length <= MOST_OF_A_RUN.files, `${files.length} files: ${files.join(' ')}`);
  assert.ok(kilobytes <= MOST_OF_A_RUN.kilobytes, `${kilobytes} kB`);
});

test('a module that is named is loaded with its library when its card runs', () => {
  if (!isBuilt) return;
  const parse = [{ id: 'x', card: 'xml.parse', in: { text: '<a>1</a>' } }];
  const { files } = load(['run', FILE], parse);
  assert.ok(files.includes('packages/cards/dist/modules/xml.js'), files.join(' '));
  assert.ok(
    files.some((file) => file.includes('node_modules/saxes')),
    files.join(' '),
  );
  assert.not.ok(files.includes('packages/cards/dist/modules/text.js'));
});

test('a card that nobody knows is told in sight of the whole library', () => {
  if (!isBuilt) return;
  for (const [wrong, meant] of [
    ['text.concatenat', 'text.concatenate'],
    ['txt.concatenate', 'text.concatenate'],
    ['xml.parsed', 'xml.parse'],
  ]) {
    const { stderr, files } = load(['run', FILE], [...greet, { card: wrong }]);
    assert.match(stderr, `Did you mean "${meant}"?`);
    assert.ok(files.includes('packages/cards/dist/index.js'));
  }
});

test('a test of a flow that posts loads no HTTP client', () => {
  if (!isBuilt) return;
  const tests = join(folder, 'f.test.json');
  const url = 'https://desk.example.com/tickets';
  const mocks = [{ http: { method: 'POST', url }, answer: { status: 201, json: { id: 7 } } }];
  writeFileSync(
    tests,
    JSON.stringify({ subject: 'f.flow.json', mocks, cases: [{ id: 'one', expect: { status: 'success' } }] }),
  );
  const { stdout, stderr, files } = load(['test', tests], [{ card: 'http.post', in: { url, body: 'x' } }]);
  assert.match(stdout + stderr, '1 passed');
  const loaded = files.filter((file) => !/^packages\/(?:cli|engine)\//.test(file)).sort();
  assert.equal(
    loaded.filter((file) => !file.startsWith('packages/testing/dist/')),
    ['packages/cards/dist/modules.js', 'packages/cards/dist/modules/http.js'],
  );
  console.log(`COUNT a test of one case: ${files.length} files`);
  assert.ok(files.length <= MOST_OF_A_TEST, `${files.length} files: ${files.join(' ')}`);
});

test('help needs no engine', () => {
  if (!isBuilt) return;
  const { files } = load(['run', '--help']);
  assert.equal(
    files.filter((file) => !file.startsWith('packages/cli/')),
    [],
  );
});

test.run();
