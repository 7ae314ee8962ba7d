/** Runs the benchmarks, each in a process of its own, and prints what they report. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Row } from './rows.js';
import { table } from './table.js';

/** Programs by workload. Small ones first, so that much is known early. */
const PROGRAMS: Readonly<Record<string, readonly string[]>> = {
  W1: ['w1-chain'],
  W1x: ['w1x-expressions'],
  W2: ['w2-if-else'],
  W3: ['w3-map'],
  W4: ['w4-if-error'],
  W5: ['w5-concurrent', 'w5-memory', 'w5-idle'],
  W6: ['w6-load'],
  W7: ['w7-process'],
  R1: ['r1-report'],
  R2: ['r2-exports'],
  R3: ['r3-validate'],
  R4: ['r4-history'],
  R5: ['r5-jsonata'],
  T1: ['t1-tests'],
  H1: ['h1-deliveries'],
  H2: ['h2-flows'],
  loop: ['loop'],
  C1: ['c1-cards'],
  C2: ['c2-lists'],
  C3: ['c3-tables'],
};

const USAGE = `Usage: npm run bench -- [--only W1,W3] [--json]
Workloads: ${Object.keys(PROGRAMS).join(', ')}.`;

function main(folder: string, args: readonly string[]): number {
  const only = args.includes('--only') ? (args[args.indexOf('--only') + 1] ?? '').split(',') : Object.keys(PROGRAMS);
  const unknown = only.filter((workload) => !Object.hasOwn(PROGRAMS, workload));
  if (unknown.length > 0) {
    process.stderr.write(`There is no workload "${unknown[0]}".\n${USAGE}\n`);
    return 2;
  }
  const rows = only.flatMap((workload) => (PROGRAMS[workload] ?? []).flatMap((program) => run(folder, program)));
  process.stdout.write(args.includes('--json') ? `${JSON.stringify(rows, null, 2)}\n` : `${table(rows)}\n`);
  return 0;
}

function run(folder: string, program: string): Row[] {
  process.stderr.write(`${program} ...\n`);
  const { status, stdout } = spawnSync(process.execPath, ['--expose-gc', join(folder, `${program}.mjs`)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error(`The benchmark ${program} failed.`);
  // What a program of this folder prints are rows.
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row);
}

const [folder = '', ...args] = process.argv.slice(2);
process.exitCode = main(folder, args);
