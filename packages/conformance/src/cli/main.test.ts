/** The command: exit codes, reports, packs. */
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

test('files and packs can be named', async () => {
  const { code, out } = await run('--pack', './test/acme.ts', 'test/acme-cases/weather.json', '--json');
  assert.is(code, EXIT.passed);
  const report = JSON.parse(out);
  assert.is(report.passed, 2);
  assert.is(report.results[0].id, 'known-place');
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

test('help', async () => {
  const { code, out } = await run('--help');
  assert.is(code, EXIT.passed);
  assert.match(out, '--pack');
});

test.run();
