// No test goes by the clock of the machine: it neither waits for a span of time nor judges how long something took. On a busy
// machine such a test fails for no fault, or passes for the wrong reason. What needs time gets a clock of its own.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** The ways to real time. A turn of the event loop (`setImmediate`) is none. */
const CLOCKS =
  /\b(?:set(?:Timeout|Interval)|performance\.now|Date\.now|timers\/promises|process\.hrtime|scheduler\.wait|Atomics\.wait)\b/g;

/** Files that name a clock, and why that is neither a wait nor a judgement. */
const EXCEPTIONS = {
  'packages/engine/src/ports/memory/clock.test.ts':
    'It is about the clock of the machine: its timers are replaced, and its time is compared with that before and after.',
  'packages/engine/src/expression/full.test.ts': 'It replaces the clock by one that counts the looks at it.',
  'packages/engine/src/run/limits.test.ts':
    'A card holds the event loop for a moment; only what becomes of the run is asserted.',
  'packages/cards/src/shared/regex.test.ts': 'It replaces the clock by one that runs an hour at each look.',
  'packages/conformance/src/pack/conformance.test.ts': 'A card that must not read the clock reads it.',
  'packages/conformance/test/red/newcomer.ts':
    'Cards that are faulty on purpose: one reads the clock, one throws when nobody waits any more.',
  'packages/conformance/src/twilio/sdk.test.ts': 'A moment to come, for a message that is to be sent later.',
  'packages/testing/src/run/run-case.test.ts': 'Any moment of the real world will do.',
  'packages/cards/src/http-port/limits.test.ts':
    'Servers drip and dawdle, so that the limit of the port ends a request that would not end by itself, however late.',
  'scripts/platforms.test.mjs': 'Gives up on a page that has died; a page that lives ends the wait.',
  'scripts/time.test.mjs': 'It is about them.',
};

/** Tests, and what only tests use. */
function testFiles() {
  return ['packages', 'scripts', 'examples']
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
    )
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => !/(?:^|\/)(?:node_modules|dist|coverage)\//.test(name))
    .filter((name) => /\.test\.(?:ts|mjs)$/.test(name) || /^packages\/\w+\/test\/.*\.(?:ts|mjs|js)$/.test(name));
}

const clocksIn = (text) => [...new Set(text.match(CLOCKS))];

test('no test waits for time, or judges it', () => {
  const found = testFiles().flatMap((name) => {
    const clocks = clocksIn(readFileSync(join(root, name), 'utf8'));
    return clocks.length === 0 || Object.hasOwn(EXCEPTIONS, name) ? [] : [`${name}: ${clocks.join(', ')}`];
  });
  assert.equal(found, []);
});

test('it looks at every test, and sees what it looks for', () => {
  const files = testFiles();
  assert.ok(files.includes('scripts/house.test.mjs') && files.includes('packages/engine/src/codes.test.ts'));
  assert.ok(files.some((name) => /^packages\/\w+\/test\//.test(name)));
  assert.equal(clocksIn('await new Promise((done) => setTimeout(done, 50)); const t = performance.now();'), [
    'setTimeout',
    'performance.now',
  ]);
  assert.equal(clocksIn('setImmediate(done); const setTimeoutMs = 1;'), []);
});

test('an exception names a file that needs one', () => {
  const idle = Object.keys(EXCEPTIONS).filter((name) => clocksIn(readFileSync(join(root, name), 'utf8')).length === 0);
  assert.equal(idle, []);
});

test.run();
