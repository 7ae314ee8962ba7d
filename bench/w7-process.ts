/** W7: the whole process of `flowdeck run` on a flow of three cards, next to a process that does nothing. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bench } from './harness.js';
import { spreadOf } from './rows.js';

const ROUNDS = 25;
const COMMAND = join(process.cwd(), 'packages/cli/dist/flowdeck.js');

const flow = {
  flowdeck: 1,
  id: 'three',
  type: 'manual',
  cards: [
    { id: 'greeting', card: 'text.concatenate', in: { 'text 1': 'Hello', 'text 2': ', world' } },
    {
      id: 'same',
      card: 'boolean.compare',
      in: { left: { from: '/greeting/output' }, operator: 'in', right: 'Hello, world' },
    },
    { card: 'flow.return', in: { greeting: { from: '/greeting/output' }, same: { from: '/same/result' } } },
  ],
};

/** Nanoseconds from start to exit. */
function spend(args: readonly string[], expected: string): number {
  const start = process.hrtime.bigint();
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  const ns = Number(process.hrtime.bigint() - start);
  if (status !== 0 || !stdout.includes(expected)) throw new Error(`node ${args.join(' ')} failed: ${stdout}${stderr}`);
  return ns;
}

await bench('W7', async function* (workload) {
  if (!existsSync(COMMAND)) {
    yield { kind: 'note', workload, text: 'Not available: the command is not built.' };
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'flowdeck-bench-'));
  try {
    const file = join(folder, 'three.flow.json');
    writeFileSync(file, JSON.stringify(flow));
    const bare: number[] = [];
    const run: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      bare.push(spend(['-e', '0'], ''));
      run.push(spend([COMMAND, 'run', file], 'Hello, world'));
    }
    yield {
      kind: 'race',
      workload,
      what: 'flowdeck run, three cards, next to node -e 0',
      unit: 'process',
      baseline: spreadOf(bare),
      engine: spreadOf(run),
      ratio: spreadOf(run.map((ns, round) => ns / (bare[round] ?? Number.NaN))),
      best: Math.min(...run) / Math.min(...bare),
      target: 1.5,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
});
