/** The command: exit codes, reports, packs. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { EXIT, main } from './main.js';

const folder = fileURLToPath(new URL('../../', import.meta.url));

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const code = await main(args, {
    folder,
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
  });
  return { code, out, err };
}

test('the cases that the package brings along pass, counted by suite', async () => {
  const { code, out } = await run('--only', 'control/');
  assert.is(code, EXIT.passed);
  assert.match(out, /^ok {3}control\/assign: (\d+) of \1 passed$/m);
  assert.match(out, /^passed: (\d+) of \1 cases in \d+ suites, 0 skipped\.$/m);
});

test('packs that cases need are loaded where they are installed', async () => {
  const { code, out } = await run('--only', 'twilio/authping');
  assert.is(code, EXIT.passed, out);
  assert.match(out, /^ok {3}twilio\/authping: (\d+) of \1 passed$/m);
});

test('cases that cannot run for want of a pack are no success', async () => {
  const { code, out, err } = await run('test/needs-pack.json');
  assert.is(code, EXIT.failed);
  assert.match(out, 'The engine has no pack "nowhere".');
  assert.match(err, 'nowhere');
});

test('a report of the suite is a page that says what failed first', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'flowdeck-suite-')), 'suite.html');
  try {
    const cases = [
      {
        id: 'right',
        proves: 'It adds.',
        source: 'docs',
        card: 'text.length',
        in: { text: 'ab' },
        expect: { value: 2 },
      },
      {
        id: 'wrong',
        proves: 'It errs.',
        source: 'docs',
        card: 'text.length',
        in: { text: 'ab' },
        expect: { value: 3 },
      },
    ];
    writeFileSync(`${file}.json`, JSON.stringify({ suite: 'my/own', cases }));
    const { code, err } = await run(`${file}.json`, '--report', file);
    assert.is(code, EXIT.failed, err);
    const page = readFileSync(file, 'utf8');
    assert.match(page, '<h1>✗ 1 failed, 1 passed</h1>');
    assert.ok(page.indexOf('my/own/wrong') < page.indexOf('my/own/right'));
    assert.match(page, /<th>expected<\/th><th>actual<\/th>[\s\S]*>3<[\s\S]*>2</);
  } finally {
    rmSync(join(file, '..'), { recursive: true });
  }
});

test('files and packs can be named', async () => {
  const { code, out } = await run('--pack', './test/acme.ts', 'test/acme-cases/weather.json', '--json');
  assert.is(code, EXIT.passed);
  const report = JSON.parse(out);
  const of = (suite: string) => report.results.filter((result: { suite: string }) => result.suite === suite);
  assert.equal(
    of('acme/weather').map((result: { id: string; status: string }) => [result.id, result.status]),
    [
      ['known-place', 'passed'],
      ['broken-service', 'passed'],
    ],
  );
  assert.is(of('acme.weather').length, 7);
  assert.is(report.passed, report.results.length);
});

test('a pack is checked, and one that ends its process is told with the card', async () => {
  const { code, out } = await run('--pack', './test/red/endings.ts', '--only', 'endings.exits', 'test/wrong.json');
  assert.is(code, EXIT.failed);
  assert.match(out, /^FAIL endings\.exits: 2 of 3 passed, \d+ skipped$/m);
  assert.match(out, 'x endings.exits/keeps its example 1');
  assert.match(out, 'the process ends (0)');
  const load = await run('--pack', './test/red/exits-at-load.ts');
  assert.is(load.code, EXIT.failed);
  assert.match(load.err, 'While the pack is loaded, the process ends (0).');
});

test('a case that ends the process of its pack fails, and the rest runs', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'flowdeck-cases-'));
  const entry = { proves: 'It goes on.', source: 'here', card: 'endings.sound', expect: { outputs: { n: 1 } } };
  const cases = [
    { ...entry, id: 'exits', card: 'endings.exits' },
    { ...entry, id: 'goes-on' },
  ];
  try {
    writeFileSync(join(folder, 'a.json'), JSON.stringify({ suite: 'ends', packs: ['endings'], cases }));
    writeFileSync(join(folder, 'b.json'), '{');
    const { code, out, err } = await run('--pack', './test/red/endings.ts', '--only', 'ends/', folder);
    assert.is(code, EXIT.failed);
    assert.match(out, 'FAIL ends: 1 of 2 passed');
    assert.match(out, 'the process ends (0)');
    assert.match(err, /FAIL Cannot read cases from .*b\.json/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a failure is told in full, and ends with 1', async () => {
  const { code, out } = await run('test/wrong.json');
  assert.is(code, EXIT.failed);
  for (const part of [
    'FAIL test/wrong',
    'x test/wrong/sum',
    'Two and two are five. (nowhere)',
    'expected 5',
    'actual   4',
  ]) {
    assert.match(out, part);
  }
  assert.match(out, 'FAILED: 0 of 1 cases');
});

test('what cannot begin ends with 2 and a hint', async () => {
  for (const args of [
    ['--what'],
    ['gone.json'],
    ['--pack', 'no-such-package-here'],
    ['--only', 'no case is named so'],
  ]) {
    const { code, err } = await run(...args);
    assert.is(code, EXIT.usage, args.join(' '));
    assert.ok(err.length > 0);
  }
  assert.is((await run('--pack', './test/wrong.json')).code, EXIT.usage, 'a file that is no pack');
});

test('a pack that is there and faulty fails, with the place of each fault', async () => {
  const { code, err } = await run('--pack', './test/red/nameless.ts');
  assert.is(code, EXIT.failed);
  assert.match(err, '/cards/0/description (nameless.card)');
  assert.match(err, 'before that is repaired');
});

test('help', async () => {
  const { code, out } = await run('--help');
  assert.is(code, EXIT.passed);
  assert.match(out, '--pack');
});

test.run();
