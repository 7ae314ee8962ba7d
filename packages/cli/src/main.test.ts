/** What is promised of the command as a whole: help, version, errors that nobody foresaw. */
import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { flowdeck } from '../test/support.js';
import { COMMANDS } from './commands/table.js';
import { main } from './index.js';
import { VERSION } from './version.js';

test('--version is the version of the package', async () => {
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  assert.is(VERSION, manifest.version);
  const ran = await flowdeck(['--version']);
  assert.equal(ran, { code: 0, stdout: `${VERSION}\n`, stderr: '' });
});

test('--help lists every command, and every command has help with all of its options', async () => {
  const general = await flowdeck(['--help']);
  assert.is(general.code, 0);
  for (const command of COMMANDS) {
    assert.ok(general.stdout.includes(`  ${command.name} `));
    for (const argv of [
      [command.name, '--help'],
      ['help', command.name],
      [command.name, '--json', '-h'],
    ]) {
      if (argv.includes('--json') && !command.options.some((option) => option.name === 'json')) continue;
      const { code, stdout, stderr } = await flowdeck(argv);
      assert.is(code, 0);
      assert.is(stderr, '');
      for (const option of command.options)
        assert.ok(stdout.includes(`--${option.name}`), `${command.name} ${option.name}`);
      for (const line of stdout.split('\n')) assert.ok(line.length <= 100, line);
    }
  }
});

test('no arguments: help on standard error, and exit code 2', async () => {
  const ran = await flowdeck([]);
  assert.is(ran.code, 2);
  assert.is(ran.stdout, '');
  assert.ok(ran.stderr.includes('flowdeck COMMAND'));
});

test('colour follows FORCE_COLOR, NO_COLOR and the terminal', async () => {
  const terminal = { columns: 80, rows: 24 };
  const coloured = async (env: Record<string, string>, isTerminal: boolean) => {
    const { stderr } = await flowdeck(['rnu'], { env, ...(isTerminal ? { terminal } : {}) });
    return stderr.includes('\u001b[31m');
  };
  assert.is(await coloured({}, false), false);
  assert.is(await coloured({}, true), true);
  assert.is(await coloured({ NO_COLOR: '1' }, true), false);
  assert.is(await coloured({ NO_COLOR: '' }, true), true);
  assert.is(await coloured({ TERM: 'dumb' }, true), false);
  assert.is(await coloured({ FORCE_COLOR: '1', NO_COLOR: '1' }, false), true);
  assert.is(await coloured({ FORCE_COLOR: '0' }, true), false);
});

test('an error that nobody foresaw is told in one line, and with its stack by --trace', async () => {
  const run = async (argv: readonly string[]) => {
    let stderr = '';
    const broken = () => {
      throw new TypeError('no such thing');
    };
    const write = (text: string) => {
      stderr += text;
    };
    const stderrOutput = { write, isTTY: false, columns: 80, rows: 24 };
    const stdout = { write: broken, isTTY: false, columns: 80, rows: 24 };
    const signal = new AbortController().signal;
    const code = await main(argv, { stdout, stderr: stderrOutput, stdin: broken, env: {}, cwd: '/', signal });
    return { code, stderr };
  };
  const plain = await run(['cards', 'text.compose']);
  assert.is(plain.code, 1);
  assert.match(plain.stderr, /^error: flowdeck failed unexpectedly: no such thing \[internal\]\n {4}hint: .*\n$/);
  const traced = await run(['cards', 'text.compose', '--trace']);
  assert.match(traced.stderr, /TypeError: no such thing\n\s+at /);
});

test.run();
