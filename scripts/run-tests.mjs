// The tests of one folder: `node --import tsx scripts/run-tests.mjs FOLDER [PATTERN]`. Every package's `npm test` is this.
// uvu runs them in one process; here each file is timed besides, and one that cannot even be loaded fails alone.
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { isOfAnyNode } from './any-node.mjs';

/** Laws are tried on the same values in each run, so that what fails is what changed; `FLOWDECK_SEED=random` seeks further. */
const { FLOWDECK_SEED: seed = '20180' } = process.env;
if (seed !== 'random') fc.configureGlobal({ seed: Number(seed) });

const [folder = 'src', pattern = ''] = process.argv.slice(2);
const wanted = new RegExp(pattern);
const found = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/'))
  .filter(
    (name) => /\.test\.(?:ts|mjs)$/.test(name) && !/(?:^|\/)(?:node_modules|dist)\//.test(name) && wanted.test(name),
  )
  .sort();
const { FLOWDECK_ANOTHER_NODE: another = '' } = process.env;
const names = another !== '' ? found.filter((name) => !isOfAnyNode(join(folder, name))) : found;
if (names.length < found.length) {
  console.log(`SKIPPED: ${found.length - names.length} files of tests that no Node changes; the first has run them.`);
}
const totals = { passed: 0, failed: 0, skipped: 0 };
const took = new Map();

// What uvu's own command sets: tests wait in the queue of their file until `exec`.
globalThis.UVU_DEFER = 1;
const { exec } = await import('uvu');
for (const [index, name] of names.entries()) {
  globalThis.UVU_INDEX = index;
  const queue = [name];
  globalThis.UVU_QUEUE.push(queue);
  try {
    await timed(name, () => import(pathToFileURL(resolve(join(folder, name)))));
    if (queue.length === 1) throw new Error('The file has no test.run().');
  } catch (error) {
    queue.splice(1, queue.length, async () => [`  ${name} cannot be run\n    ${error.stack ?? error}\n`, 0, 0, 1]);
  }
  for (let at = 1; at < queue.length; at++) queue[at] = counted(name, queue[at]);
}
await exec();

if (found.length === 0) {
  console.error(`There are no tests in ${folder}${pattern && ` that match ${pattern}`}.`);
  process.exitCode = 1;
}
// What scripts/test.mjs adds up. It stands on a line of its own, last.
const slowest = [...took].sort(([, a], [, b]) => b - a).slice(0, 10);
console.log(`TESTS ${JSON.stringify({ ...totals, slowest })}`);

// What a test left open would keep this process, and whoever waits for it, for ever.
const { FLOWDECK_TEST_PATIENCE_MS: patience = '60000' } = process.env;
setTimeout(() => {
  console.log(`FAIL  The tests have ended, and this is still open: ${process.getActiveResourcesInfo().join(', ')}`);
  process.exit(1);
}, Number(patience)).unref();

/** A suite of uvu, which gives its failures as text and three counts. */
function counted(name, suite) {
  return async () => {
    const [said, passed, skipped, total] = await timed(name, suite);
    const failed = total - passed;
    totals.passed += passed;
    totals.skipped += skipped;
    totals.failed += failed;
    // uvu keeps quiet about a hook that throws, and about the tests that it kept from running.
    const errors =
      failed > 0 && said === true ? `  ${name}: ${failed} of ${total} tests did not run; a hook threw\n` : said;
    return [errors, passed, skipped, total];
  };
}

async function timed(name, action) {
  const started = performance.now();
  const { FLOWDECK_TEST_LIMIT_MS: limit = '600000' } = process.env;
  const giveUp = setTimeout(() => {
    console.log(`FAIL  ${name} is still not done after ${limit} ms, and is given up.`);
    console.log(`TESTS ${JSON.stringify({ ...totals, failed: totals.failed + 1, slowest: [] })}`);
    process.exit(1);
  }, Number(limit)).unref();
  try {
    return await action();
  } finally {
    clearTimeout(giveUp);
    took.set(name, Math.round((took.get(name) ?? 0) + performance.now() - started));
  }
}
