/** R3: `flowdeck validate` over 1,000 flow files, the whole process. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bench, time } from './harness.js';

const COMMAND = join(process.cwd(), 'packages/cli/dist/flowdeck.js');
const FILES = 1000;
const ROUNDS = 3;

function fileOf(n: number): string {
  const cards = Array.from({ length: 10 }, (_, i) => ({
    id: `c${i}`,
    card: 'number.add',
    in: { 'number 1': { from: i === 0 ? '/inputs/n' : `/c${i - 1}/output` }, 'number 2': i },
  }));
  return JSON.stringify({
    flowdeck: 1,
    id: `flow-${n}`,
    type: 'helper',
    inputs: [{ key: 'n', type: 'number' }],
    cards: [...cards, { card: 'flow.return', in: { n: { from: '/c9/output' } } }],
  });
}

await bench('R3', async function* (workload) {
  if (!existsSync(COMMAND)) {
    yield { kind: 'note', workload, text: 'The command is not built.' };
    return;
  }
  const dir = mkdtempSync(join(tmpdir(), 'flowdeck-bench-'));
  try {
    for (let n = 0; n < FILES; n++) writeFileSync(join(dir, `flow-${n}.flow.json`), fileOf(n));
    let value = Number.POSITIVE_INFINITY;
    for (let round = 0; round < ROUNDS; round++) {
      const spent = await time(() => {
        const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, 'validate', dir], {
          encoding: 'utf8',
        });
        if (status !== 0) throw new Error(`It did not hold: ${stdout.slice(-500)}${stderr.slice(-500)}`);
      }, 1);
      value = Math.min(value, spent);
    }
    const each = (value / FILES / 1000).toFixed(0);
    const what = `flowdeck validate, 1,000 files of 11 cards (${each} µs a file, the process included)`;
    yield { kind: 'figure', workload, what, unit: 'ns', value, target: null };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});
