import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

/** What each tool answers to --help and to a wrong call. */
const TOOLS = {
  'crash.mjs': ['--runtime', 'nowhere'],
  'fuzz.mjs': ['flows', 'many'],
  'hostile.mjs': ['--flows', '0'],
  'soak.mjs': ['forever'],
  'bench-runtimes.mjs': ['--runtime', 'journal', '--row', 'none'],
  'mutate/main.mjs': ['--sample', 'some'],
};

function call(tool, ...args) {
  const path = fileURLToPath(new URL(tool, import.meta.url));
  return spawnSync(process.execPath, ['--expose-gc', '--import', 'tsx', path, ...args], { encoding: 'utf8' });
}

for (const [tool, wrong] of Object.entries(TOOLS)) {
  test(`${tool} explains itself, and ends with 2 when it is called wrongly`, () => {
    const help = call(tool, '--help');
    assert.is(help.status, 0, help.stderr);
    assert.match(help.stdout, /^npm run [a-z:]+ -- /);
    const refused = call(tool, ...wrong);
    assert.is(refused.status, 2);
    assert.is(refused.stdout, '');
    assert.ok(refused.stderr.includes(help.stdout), refused.stderr);
    assert.is(call(tool, '--frobnicate').status, 2);
  });
}

test.run();
