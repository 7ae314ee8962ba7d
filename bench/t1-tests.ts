/** T1: the whole process of `flowdeck test`: one case next to a process that does nothing, and a thousand cases. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bench } from './harness.js';
import { spreadOf } from './rows.js';

const ROUNDS = 15;
const COMMAND = join(process.cwd(), 'packages/cli/bin/flowdeck.js');
const FILES = 20;
const CASES = 50;
const GOAL_NS = 5e9;

const URL = 'https://desk.example.com/tickets';
const flow = {
  flowdeck: 1,
  id: 'ticket',
  type: 'helper',
  inputs: [{ key: 'title', type: 'text' }],
  outputs: [{ key: 'said', type: 'text' }],
  cards: [
    { id: 'text', card: 'text.compose', in: { template: 'Hello {{name}}!', name: { from: '/inputs/title' } } },
    { id: 'post', card: 'http.post', in: { url: URL, body: { from: '/text/output' } } },
    { card: 'flow.return', in: { said: { from: '/text/output' } } },
  ],
};

function writeTests(folder: string, files: number, cases: number): string {
  mkdirSync(folder);
  for (let file = 0; file < files; file++) {
    const subject = `f${file}.flow.json`;
    writeFileSync(join(folder, subject), JSON.stringify(flow));
    const tests = {
      subject,
      mocks: [{ http: { method: 'POST', url: URL }, answer: { status: 201, json: { id: 7 } } }],
      cases: Array.from({ length: cases }, (_, at) => ({
        id: `case ${at}`,
        inputs: { title: `T${at}` },
        expect: { outputs: { said: `Hello T${at}!` } },
      })),
    };
    writeFileSync(join(folder, `f${file}.test.json`), JSON.stringify(tests));
  }
  return folder;
}

/** Nanoseconds from start to exit. */
function spend(args: readonly string[], expected: string): number {
  const start = process.hrtime.bigint();
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  const ns = Number(process.hrtime.bigint() - start);
  if (status !== 0 || !stdout.includes(expected)) throw new Error(`node ${args.join(' ')} failed: ${stdout}${stderr}`);
  return ns;
}

await bench('T1', async function* (workload) {
  if (!existsSync(COMMAND)) {
    yield { kind: 'note', workload, text: 'Not available: the command is not built.' };
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'flowdeck-bench-'));
  try {
    const one = writeTests(join(folder, 'one'), 1, 1);
    const many = writeTests(join(folder, 'many'), FILES, CASES);
    const bare: number[] = [];
    const run: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      bare.push(spend(['-e', '0'], ''));
      run.push(spend([COMMAND, 'test', one], '1 passed'));
    }
    yield {
      kind: 'race',
      workload,
      what: 'flowdeck test, one case, next to node -e 0',
      unit: 'process',
      baseline: spreadOf(bare),
      engine: spreadOf(run),
      ratio: spreadOf(run.map((ns, round) => ns / (bare[round] ?? Number.NaN))),
      best: Math.min(...run) / Math.min(...bare),
      target: 2,
    };
    const total = FILES * CASES;
    const value = Math.min(...Array.from({ length: 3 }, () => spend([COMMAND, 'test', many], `${total} passed`)));
    yield { kind: 'figure', workload, what: `flowdeck test, ${total} cases`, unit: 'ns', value, target: GOAL_NS };
  } finally {
    rmSync(folder, { recursive: true });
  }
});
