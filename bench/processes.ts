/** Measures whole processes: from start to exit. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Row, spreadOf } from './rows.js';

/** The command as npm links it, which starts what is built. */
const COMMAND = join(process.cwd(), 'packages/cli/bin/flowdeck.js');
const BUILT = join(process.cwd(), 'packages/cli/dist/flowdeck.js');

/** Rows in a folder that is gone afterwards; where the command is not built, a note. */
export async function* inFolder(workload: string, rows: (folder: string) => Iterable<Row>): AsyncIterable<Row> {
  if (!existsSync(BUILT)) {
    yield { kind: 'note', workload, text: 'Not available: the command is not built.' };
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'flowdeck-bench-'));
  try {
    yield* rows(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A contest of the command with a process that does nothing. */
export interface ProcessContest {
  readonly what: string;
  /** Arguments of the command. */
  readonly args: readonly string[];
  /** Stands in what it prints. */
  readonly expected: string;
  readonly rounds: number;
  readonly target: number;
}

/** Races the command against `node -e 0`. */
export function raceProcess(workload: string, { what, args, expected, rounds, target }: ProcessContest): Row {
  const bare: number[] = [];
  const run: number[] = [];
  for (let round = 0; round < rounds; round++) {
    bare.push(spend(['-e', '0'], ''));
    run.push(spendCommand(args, expected));
  }
  return {
    kind: 'race',
    workload,
    what: `${what}, next to node -e 0`,
    unit: 'process',
    baseline: spreadOf(bare),
    engine: spreadOf(run),
    ratio: spreadOf(run.map((ns, round) => ns / (bare[round] ?? Number.NaN))),
    best: Math.min(...run) / Math.min(...bare),
    target,
  };
}

/** Nanoseconds of the command from start to exit. */
export function spendCommand(args: readonly string[], expected: string): number {
  return spend([COMMAND, ...args], expected);
}

function spend(args: readonly string[], expected: string): number {
  const start = process.hrtime.bigint();
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  const ns = Number(process.hrtime.bigint() - start);
  if (status !== 0 || !stdout.includes(expected)) throw new Error(`node ${args.join(' ')} failed: ${stdout}${stderr}`);
  return ns;
}
