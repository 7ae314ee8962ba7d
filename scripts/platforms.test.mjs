// The engine and the standard cards on every platform: bundled for browsers, then run in Node, Chromium, Deno and Bun.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { startServer } from './platforms/server.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const cases = resolve(here, '../packages/conformance/cases');
const built = existsSync(resolve(here, '../packages/testing/dist/index.js'));
const scratch = mkdtempSync(join(tmpdir(), 'flowdeck-platforms-'));
/** Milliseconds after which a platform is given up: it hangs, or never came to run. */
const PATIENCE = 240_000;
/** Fewer cases than this would mean that they are not found. */
const LEAST_CASES = 1200;

/** What Node has and pages have not. A free use of one of these gets this name, and is found in the bundle. */
const FORBIDDEN = ['Buffer', 'process', '__dirname', '__filename'];
const MARK = 'NOT_IN_A_PAGE_';

/** The faults of a bundle for browsers: modules that are not there, and globals of Node. */
async function faultsOf(entries, options) {
  try {
    const { outputFiles } = await bundled(entries, { ...options, write: false });
    return outputFiles.flatMap((file) => file.text.split('\n').filter((line) => line.includes(MARK)));
  } catch ({ errors }) {
    return errors.map((error) => error.text);
  }
}

function bundled(entryPoints, options) {
  return build({
    entryPoints,
    bundle: true,
    format: 'esm',
    platform: 'browser',
    outdir: scratch,
    define: Object.fromEntries(FORBIDDEN.map((name) => [name, MARK + name])),
    // Built packages, not the sources that the paths of tsconfig.json lead to.
    tsconfigRaw: {},
    logLevel: 'silent',
    ...options,
  });
}

const all = (name) => ({ stdin: { contents: `export * from '${name}';`, resolveDir: here } });

for (const name of ['@flowdeck/engine', '@flowdeck/engine/kit', '@flowdeck/cards', '@flowdeck/cards/fetch']) {
  test(`${name} bundles for a page, in one piece and in chunks`, async () => {
    if (!isBuilt()) return;
    for (const splitting of [false, true]) assert.equal(await faultsOf([], { ...all(name), splitting }), []);
  });
}

test('a bundle that needs Node is found out', async () => {
  if (!isBuilt()) return;
  const port = await faultsOf([], all('@flowdeck/cards/http'));
  assert.ok(
    port.some((fault) => fault.includes('node:')),
    port.join('\n'),
  );
  const global = await faultsOf([], { stdin: { contents: 'export const a = Buffer.from("a");', resolveDir: here } });
  assert.is(global.length, 1);
});

test('cases and fetch port in Node, from chunks', async () => {
  if (!isBuilt()) return;
  await inCommand('node', process.execPath, [], { splitting: true });
});

test('the port on undici works in chunks, too', async () => {
  if (!isBuilt()) return;
  const contents = `
    import { httpPort } from '@flowdeck/cards/http';
    const port = httpPort({ allowHosts: ['127.0.0.1'] });
    const answer = await port.request({ method: 'GET', url: process.argv[2] + '/cookie', headers: {} });
    console.log(new TextDecoder().decode(answer.body));
    await port.close();`;
  const stdin = { contents, resolveDir: here };
  await bundled([], { stdin, splitting: true, platform: 'node', define: {}, banner: NODE_REQUIRE, ...MJS });
  const server = await startServer(scratch, []);
  try {
    const child = spawn(process.execPath, [join(scratch, 'stdin.mjs'), server.origin], { stdio: 'pipe' });
    const said = await text(child.stdout);
    assert.is(said, 'GET c=d\n', await text(child.stderr));
  } finally {
    server.stop();
  }
});

test('cases and fetch port in Deno, from one piece, without any right but that to the test', async () => {
  if (!isBuilt()) return;
  const deno = found('deno');
  if (deno === null) return skipped('Deno', 'there is no command "deno"');
  await inCommand('deno', deno, ['run', '--no-prompt', '--no-config', '--allow-net=127.0.0.1']);
});

test('cases and fetch port in Bun, from one piece', async () => {
  if (!isBuilt()) return;
  const bun = found('bun');
  if (bun === null) return skipped('Bun', 'there is no command "bun"');
  await inCommand('bun', bun, ['run']);
});

test('cases and fetch port in Chromium, in a page from chunks and in a worker, under a strict policy', async () => {
  if (!isBuilt()) return;
  const chromium = ['chromium', 'chromium-browser', 'google-chrome'].map(found).find((path) => path !== null);
  if (!chromium) return skipped('Chromium', 'there is no command "chromium"');
  await bundled([join(here, 'platforms/page.mjs')], { splitting: true });
  await bundled([join(here, 'platforms/worker.mjs')], {});
  const server = await startServer(scratch, suites());
  try {
    const results = Promise.all([server.resultOf('page'), server.resultOf('worker')]);
    const profile = `--user-data-dir=${join(scratch, 'profile')}`;
    const [page, worker] = await ends(results, spawn(chromium, [...QUIET, profile, server.origin], { stdio: 'pipe' }));
    for (const [place, told] of Object.entries({ page, worker })) {
      judge(`Chromium (${place})`, told);
      assert.is(told.evaluates, false, 'the policy holds');
    }
  } finally {
    server.stop();
  }
});

const MJS = { outExtension: { '.js': '.mjs' } };
/** undici asks for modules of Node by "require". */
const NODE_REQUIRE = {
  js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
};
const QUIET = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];

test.after(() => rmSync(scratch, { recursive: true, force: true, maxRetries: 5 }));

async function inCommand(place, command, args, options = {}) {
  await bundled([join(here, 'platforms/command.mjs')], { ...MJS, ...options });
  const server = await startServer(scratch, suites());
  try {
    const script = [join(scratch, 'command.mjs'), server.origin, place];
    judge(place, await ends(server.resultOf(place), spawn(command, [...args, ...script], { stdio: 'pipe' })));
  } finally {
    server.stop();
  }
}

/** What the process posts, or its last words when it ends or takes for ever. */
async function ends(results, child) {
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
  let timer;
  const gone = new Promise((_, reject) => {
    const fail = (why) => reject(new Error(`${why}\n${said.slice(-3000)}`));
    child.on('error', fail);
    child.on('exit', (code) => fail(`It ended (${code}) and told nothing.`));
    timer = setTimeout(() => fail('It told nothing in time.'), PATIENCE);
  });
  try {
    return await Promise.race([results, gone]);
  } finally {
    clearTimeout(timer);
    gone.catch(() => {});
    const over = new Promise((resolve) => child.once('exit', resolve));
    if (child.exitCode === null && child.kill('SIGKILL')) await over;
  }
}

function judge(place, told) {
  assert.is(told.broken, undefined, told.broken);
  const left = Object.entries(told.skipped).map(([why, count]) => `${count} not: ${why}`);
  console.log(`COUNT: ${told.passed} cases ran in ${place}; ${left.join('; ')}`);
  assert.equal(told.failed, []);
  assert.equal(told.fetching, []);
  assert.ok(told.passed >= LEAST_CASES, `only ${told.passed} cases`);
}

function suites() {
  return readdirSync(cases, { recursive: true })
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(join(cases, name), 'utf8')));
}

function found(command) {
  const { status, stdout } = spawnSync('sh', ['-c', `command -v ${command}`], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : null;
}

function skipped(platform, why) {
  console.log(`SKIPPED: ${platform} (${why})`);
}

function isBuilt() {
  if (!built) skipped('all platforms', 'nothing is built; run "npm run build"');
  return built;
}

test.run();
