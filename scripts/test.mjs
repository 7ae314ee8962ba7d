// `npm test`: build, types, lint, package checks, and the tests of every package; ends with the totals.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const env = { ...process.env, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' };
const turbo = resolve('node_modules/turbo/bin/turbo');
const totals = { passed: 0, failed: 0, skipped: 0 };
const problems = [];

check('types', process.execPath, [resolve('node_modules/typescript/bin/tsc'), '-p', 'tsconfig.json']);
check('lint and format', resolve('node_modules/.bin/biome'), ['check', '--error-on-warnings', '.']);
check('build', process.execPath, [turbo, 'run', 'build', '--output-logs=errors-only']);
if (!problems.includes('build')) {
  check('packages (publint, types of exports, contents)', process.execPath, ['scripts/check-packages.mjs']);
  for (const name of readdirSync('packages').sort()) testPackage(name);
  testFolder('scripts');
}

for (const problem of problems) console.log(`FAILED: ${problem}`);
console.log(
  `${totals.passed} passed, ${totals.failed} failed${totals.skipped > 0 ? `, ${totals.skipped} skipped` : ''}`,
);
process.exitCode = totals.failed === 0 ? 0 : 1;

/** A check counts as one test. */
function check(title, command, args) {
  const started = Date.now();
  const run = spawnSync(command, args, { encoding: 'utf8', env, maxBuffer: 1 << 28 });
  const ok = run.status === 0;
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${title} (${seconds(started)})`);
  totals[ok ? 'passed' : 'failed']++;
  if (ok) return;
  problems.push(title);
  console.log(run.stdout, run.stderr);
}

function testPackage(name) {
  const manifest = JSON.parse(readFileSync(join('packages', name, 'package.json'), 'utf8'));
  if (manifest.scripts?.test) testFolder(join('packages', name, 'src'));
}

/** Runs the tests of a folder, and adds up what uvu counted. */
function testFolder(folder) {
  const started = Date.now();
  const args = ['--import', 'tsx', resolve('node_modules/uvu/bin.js'), folder, '\\.test\\.(ts|mjs)$'];
  const run = spawnSync(process.execPath, args, { encoding: 'utf8', env, maxBuffer: 1 << 28 });
  const output = run.stdout + run.stderr;
  const count = (word) => Number(new RegExp(`^\\s*${word}:\\s+(\\d+)`, 'm').exec(output)?.[1] ?? Number.NaN);
  const [total, passed, skipped] = [count('Total'), count('Passed'), count('Skipped')];
  const ok = run.status === 0 && total > 0;
  console.log(`${ok ? 'ok  ' : 'FAIL'} tests of ${folder}: ${passed} of ${total} (${seconds(started)})`);
  for (const line of output.split('\n')) if (/^(SKIPPED|COUNT)\b/.test(line)) console.log(`     ${line}`);
  totals.passed += passed || 0;
  totals.skipped += skipped || 0;
  // A crash before the summary counts as one failure.
  totals.failed += ok ? 0 : Math.max(1, (total || 0) - (passed || 0) - (skipped || 0));
  if (ok) return;
  problems.push(`tests of ${folder}`);
  console.log(output.length > 20_000 ? `...\n${output.slice(-20_000)}` : output);
}

function seconds(started) {
  return `${((Date.now() - started) / 1000).toFixed(1)} s`;
}
