// `npm test`: every task of turbo.json that checks something, side by side, and the totals at the end.
// `npm test -- --filter=@flowdeck/engine` takes turbo's own options.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { TASKS_OF_ANY_NODE } from './any-node.mjs';
import { totalsOf } from './totals.mjs';

/** Every task of turbo.json but the one that only prepares; it says, too, what each needs first. */
const { tasks: known } = JSON.parse(readFileSync('turbo.json', 'utf8'));
const { FLOWDECK_ANOTHER_NODE: another = '' } = process.env;
const TASKS = Object.keys(known)
  .map((task) => task.replace('//#', ''))
  .filter((task) => task !== 'build')
  .filter((task) => another === '' || !TASKS_OF_ANY_NODE.includes(task));
/** Lines that tell nothing about a failure: the dots of tests that passed, and npm's account of an exit code. */
const NOISE = /^[•✘\s]*(?:\(\d+ \/ \d+\))?$|^npm error |^TESTS |^cache bypass/;
const SHOWN_OF_A_FAILURE = 20_000;
const SHOWN_SLOWEST = 10;

const options = ['--continue=dependencies-successful', '--env-mode=loose', '--json', '--summarize'];
const turbo = spawn(
  process.execPath,
  [
    resolve('node_modules/turbo/bin/turbo'),
    'run',
    ...TASKS,
    ...options,
    `--concurrency=${Math.max(2, availableParallelism())}`,
    ...process.argv.slice(2),
  ],
  { env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' }, stdio: ['ignore', 'pipe', 'pipe'] },
);
const ended = new Promise((settle) => turbo.once('close', settle));

const logs = new Map();
const counts = new Map();
const slowest = [];
let summaryFile;
let complaints = '';
turbo.stderr.setEncoding('utf8').on('data', (text) => {
  complaints += text;
});
for await (const line of createInterface({ input: turbo.stdout })) take(line);
const code = await ended;

const tasks = summaryFile === undefined ? [] : JSON.parse(readFileSync(summaryFile, 'utf8')).tasks;
const failures = tasks.filter(({ execution }) => execution !== undefined && execution.exitCode !== 0);
const totals = totalsOf(tasks, counts, TASKS);
if (code !== 0 && totals.failed === 0) totals.failed = 1;

for (const { taskId } of failures) {
  const log = (logs.get(taskId) ?? []).filter((line) => !NOISE.test(line)).join('\n');
  console.log(`\n== ${taskId} failed`);
  console.log(log.length > SHOWN_OF_A_FAILURE ? `...\n${log.slice(-SHOWN_OF_A_FAILURE)}` : log);
}
if (tasks.length === 0)
  console.log(`turbo did not get to its tasks:\n${(logs.get('turbo') ?? []).join('\n')}\n${complaints}`);
console.log('\nThe slowest files:');
slowest.sort((a, b) => b.ms - a.ms);
for (const { ms, file } of slowest.slice(0, SHOWN_SLOWEST))
  console.log(`  ${(ms / 1000).toFixed(1).padStart(5)} s  ${file}`);
console.log('');
for (const { taskId, execution } of tasks) {
  if (execution === undefined) console.log(`NOT RUN: ${taskId}, because of what it needs`);
  else if (execution.exitCode !== 0) console.log(`FAILED: ${taskId}`);
}
const skipped = totals.skipped > 0 ? `, ${totals.skipped} skipped` : '';
console.log(`${totals.passed} passed, ${totals.failed} failed${skipped}`);
process.exitCode = totals.failed === 0 ? 0 : 1;

/** One line of turbo's output: who said what. */
function take(line) {
  let said;
  try {
    said = JSON.parse(line);
  } catch {
    said = { source: 'turbo', text: line };
  }
  const { source, text } = said;
  if (!logs.has(source)) logs.set(source, []);
  logs.get(source).push(text);
  if (source === 'turbo') {
    summaryFile = /^Summary:\s+(.+)$/.exec(text)?.[1] ?? summaryFile;
    return;
  }
  // Tests tell what they left out, and how much they looked at.
  if (/^(?:SKIPPED|COUNT)\b/.test(text)) console.log(`     ${source.replace(/#.*/, '')}: ${text}`);
  if (!text.startsWith('TESTS {')) return;
  const { slowest: files, ...count } = JSON.parse(text.slice('TESTS '.length));
  counts.set(source, count);
  slowest.push(
    ...files.map(([file, ms]) => ({ ms, file: `${source.replace(/#.*/, '').replace('//', 'scripts')}/${file}` })),
  );
  const total = count.passed + count.failed;
  console.log(`${count.failed === 0 ? 'ok  ' : 'FAIL'} ${source}: ${count.passed} of ${total}`);
}
