// What the pages say is so: links, commands, examples. And no tracked file tells where or how it was made.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { standard } from '@flowdeck/cards';
import { main } from '@flowdeck/cli';
import { twilio } from '@flowdeck/connector-twilio';
import { createEngine } from '@flowdeck/engine';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { anchorsOf, blocksOf, linksOf, wordsOf } from './reading/markdown.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const read = (path) => readFileSync(join(root, path), 'utf8');
const filesIn = (folder, pattern) =>
  readdirSync(join(root, folder), { recursive: folder === 'docs' })
    .filter((name) => pattern.test(name))
    .map((name) => `${folder}/${name}`);

const packageReadmes = filesIn('packages', /./)
  .map((folder) => `${folder}/README.md`)
  .filter((path) => existsSync(join(root, path)));
const atTop = readdirSync(root).filter((name) => name.endsWith('.md'));
const PAGES = [...atTop, ...filesIn('docs', /\.md$/), ...packageReadmes];

test('links lead to files and headings that exist', () => {
  const broken = [];
  let count = 0;
  for (const page of PAGES) {
    for (const link of linksOf(read(page))) {
      if (/^[a-z]+:/.test(link)) continue;
      count++;
      const [path, anchor] = link.split('#');
      const target = path === '' ? join(root, page) : resolve(root, dirname(page), path);
      if (!existsSync(target)) broken.push(`${page}: ${link} leads to no file`);
      else if (anchor && !anchorsOf(readFileSync(target, 'utf8')).has(anchor))
        broken.push(`${page}: ${link} leads to no heading`);
    }
  }
  assert.ok(count > 20, 'hardly any links were found');
  assert.equal(broken, []);
});

test('the commands that pages show exist, with their options', async () => {
  const shown = PAGES.flatMap((page) =>
    blocksOf(read(page), 'console').flatMap((block) =>
      [...block.matchAll(/^\$ (.*)$/gm)].map(([, line]) => ({ page, line })),
    ),
  );
  const scripts = JSON.parse(read('package.json')).scripts;
  let count = 0;
  for (const { page, line } of shown) {
    for (const words of wordsOf(line)) {
      if (words[0] === 'npm' && page === 'README.md') {
        const name = words[1] === 'run' ? words[2] : words[1];
        assert.ok(name === 'ci' || name === 'install' || name in scripts, `${page}: npm ${name}`);
      }
      if (words[0] !== 'flowdeck') continue;
      count++;
      const { code, output } = await flowdeck([...words.slice(1), '--help']);
      assert.is(code, 0, `${page}: ${line}\n${output}`);
      for (const file of words.filter((word) => /^(?:\w+=)?examples\//.test(word)))
        assert.ok(existsSync(join(root, file.replace(/^\w+=/, ''))), `${page}: there is no ${file}`);
    }
  }
  assert.ok(count > 0, 'no page shows a command');
  const unknown = await flowdeck(['run', 'x.flow.json', '--frobnicate', '--help']);
  assert.is.not(unknown.code, 0, 'the check would let an unknown option pass');
});

/** Runs the command in this process. With --help it reads its arguments, and does nothing. */
async function flowdeck(args, cwd = root) {
  let output = '';
  const stream = { write: (text) => (output += text), isTTY: false, columns: 80, rows: 24 };
  const stdin = async () => new Uint8Array();
  const signal = new AbortController().signal;
  const code = await main(args, { stdout: stream, stderr: stream, stdin, env: {}, cwd, signal });
  return { code, output };
}

test('CONTRIBUTING.md says every script and every command, and none that is not there', () => {
  const page = read('CONTRIBUTING.md');
  const spoken = new Set([...page.matchAll(/`([\w-]+\.mjs)`/g)].map(([, name]) => name));
  const there = new Set(filesIn('scripts', /\.mjs$/).map((path) => path.slice('scripts/'.length)));
  assert.equal(
    [...there].filter((name) => !name.endsWith('.test.mjs') && !spoken.has(name)),
    [],
    'not said',
  );
  assert.equal(
    [...spoken].filter((name) => !there.has(name)),
    [],
    'not there',
  );
  const scripts = Object.keys(JSON.parse(read('package.json')).scripts);
  const commands = new Set([...page.matchAll(/(?:`|^\$ )npm (?:run )?([a-z][a-z:]*)/gm)].map(([, name]) => name));
  assert.equal(
    scripts.filter((name) => !commands.has(name)),
    [],
    'not said',
  );
  const npms = ['ci', 'install', 'publish'];
  // `docs` is a command of one package.
  assert.equal(
    [...commands].filter((name) => ![...scripts, ...npms, 'docs'].includes(name)),
    [],
    'not there',
  );
});

test('the paths that CONTRIBUTING.md names exist', () => {
  const paths = [...read('CONTRIBUTING.md').matchAll(/`(packages\/[\w./-]+)`/g)].map(([, path]) => path);
  assert.ok(paths.length > 8);
  assert.equal(
    paths.filter((path) => !existsSync(join(root, path))),
    [],
  );
});

test('the example flows are sound', () => {
  const engine = createEngine({ packs: [standard, twilio] });
  const files = filesIn('examples', /\.flow\.json$/);
  assert.ok(files.length > 0);
  for (const file of files) assert.equal(engine.load(read(file)).diagnostics, [], file);
});

/** Runs a program of the repository, or one that a page shows, with the packages taken from their sources. */
function runProgram(args) {
  const env = { ...process.env, FORCE_COLOR: '0' };
  const run = spawnSync(process.execPath, ['--import', 'tsx', ...args], { cwd: root, encoding: 'utf8', env });
  assert.is(run.status, 0, run.stderr);
  return run.stdout;
}

test('examples/embed.ts runs, and fits into 20 lines', () => {
  assert.is(runProgram(['examples/embed.ts']), "Shout: success\nsuccess { output: 'HELLO WORLD' }\n");
  const lines = read('examples/embed.ts')
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^\s*(?:\/\/|\/\*|\*)/.test(line));
  assert.ok(lines.length <= 20, `examples/embed.ts has ${lines.length} lines`);
});

test('the flow in README.md runs as it shows, and is refused as it shows', async () => {
  const page = read('README.md');
  const [flow] = blocksOf(page, 'json');
  const [ran, refused] = ['run', 'validate'].map((command) =>
    blocksOf(page, 'console').find((block) => block.startsWith(`$ flowdeck ${command} greet.flow.json`)),
  );
  const folder = mkdtempSync(join(tmpdir(), 'flowdeck-readme-'));
  try {
    writeFileSync(join(folder, 'greet.flow.json'), flow);
    const [words] = wordsOf(ran.split('\n', 1)[0].slice(2));
    const good = await flowdeck(words.slice(1), folder);
    assert.is(good.code, 0);
    assert.is(withoutTimes(good.output), withoutTimes(ran.slice(ran.indexOf('\n') + 1)));
    writeFileSync(join(folder, 'greet.flow.json'), flow.replace('/all/text', '/all/txt'));
    const bad = await flowdeck(['validate', 'greet.flow.json'], folder);
    assert.is(bad.output, refused.slice(refused.indexOf('\n') + 1));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

const withoutTimes = (text) => text.replace(/<?[\d.]+ m?s\b/g, 'T');

test('the program in README.md prints what its comment says', () => {
  const programs = blocksOf(read('README.md'), 'ts');
  assert.ok(programs.length > 0);
  for (const program of programs) {
    const promised = [...program.matchAll(/console\.log\(.*\); \/\/ (.*)$/gm)].map(([, text]) => `${text}\n`).join('');
    assert.is.not(promised, '', 'the program promises nothing');
    assert.is(runProgram(['--input-type=module', '-e', program]), promised);
  }
});

/** Paths of somebody's machine, and words that are not the project's. The brackets keep the patterns from finding themselves. */
const FOREIGN = [
  /(?<![\w.])[/](?:home|Users|root|work|tmp|mnt)[/][\w.-]/,
  /\b[A-Z]:\\Users/,
  /\b(?:cl[a]ude|anthr[o]pic|chatg[p]t|open[a]i|cop[i]lot|ll[m]s?)\b/i,
  /\b(?:lang[u]age model|sub-?ag[e]nt|ai ass[i]stant)/i,
];

test('no tracked file has paths of a machine or words of the tools it was made with', () => {
  let files;
  try {
    files = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0').filter(Boolean);
  } catch {
    console.log('SKIPPED: machine paths and words of tools (not a git checkout)');
    return;
  }
  assert.ok(files.length > 100);
  const lines = [];
  for (const file of files) {
    // A file may have been removed and not yet committed.
    if (file === 'package-lock.json' || !existsSync(join(root, file))) continue;
    const text = read(file);
    if (text.includes('\0')) continue;
    for (const [index, line] of text.split('\n').entries()) {
      if (FOREIGN.some((pattern) => pattern.test(line)))
        lines.push(`${file}:${index + 1}: ${line.trim().slice(0, 120)}`);
    }
  }
  assert.equal(lines, []);
  // Put together here, so that the test does not find them in itself.
  const samples = [['', 'home', 'ada'].join('/'), `see ${['', 'tmp', 'x'].join('/')}`, 'C:\\Us' + 'ers', 'cl' + 'aude'];
  for (const sample of samples) {
    const isFound = FOREIGN.some((pattern) => pattern.test(sample));
    assert.ok(isFound, sample);
  }
});

test.run();
