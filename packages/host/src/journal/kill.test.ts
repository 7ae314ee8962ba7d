/** A process that is killed at any point loses nothing that it was told is done, and repeats nothing of it. */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { withDirectory } from '../../test/support.js';

/** The For Each of the program has three items under way at a time. */
const CONCURRENCY = 3;
const PAY = 'run/pay';

interface Life {
  /** What the program told before it ended. */
  readonly lines: readonly string[];
  readonly killed: boolean;
}

function live(program: string, dir: string, killAt: number): Promise<Life> {
  const args = [program, join(dir, 'journal'), join(dir, 'effects'), String(killAt)];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, (error, stdout, stderr) => {
      const killed = error?.signal === 'SIGKILL';
      if (error && !killed) reject(new Error(`The program failed: ${stderr}`));
      else resolve({ lines: stdout.split('\n').filter((line) => line !== ''), killed });
    });
  });
}

/** How often each effect took place. */
function effectsIn(dir: string): Map<string, number> {
  const file = join(dir, 'effects');
  const counts = new Map<string, number>();
  if (!existsSync(file)) return counts;
  for (const id of readFileSync(file, 'utf8').trim().split('\n')) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

function resultOf(life: Life): Record<string, unknown> {
  const line = life.lines.find((line) => line.startsWith('result '));
  assert.ok(line, 'the run ended');
  return JSON.parse(line?.slice('result '.length) ?? '');
}

/** The steps whose outcome the run was given. */
function knownIn(lives: readonly Life[]): Set<string> {
  const lines = lives.flatMap((life) => life.lines);
  return new Set(lines.filter((line) => line.startsWith('known ')).map((line) => line.slice('known '.length)));
}

/** A program that starts in a moment: the tests start it about a hundred times. */
function bundle(dir: string): string {
  const outfile = join(dir, 'kill-program.mjs');
  const entryPoints = [fileURLToPath(new URL('../../test/kill-program.ts', import.meta.url))];
  buildSync({ entryPoints, outfile, bundle: true, platform: 'node', format: 'esm', logLevel: 'error' });
  return outfile;
}

function checkOutcome(dir: string, last: Life, undisturbed: Record<string, unknown>, where: string): void {
  const { paid, ...rest } = resultOf(last);
  const { paid: _, ...expected } = undisturbed;
  assert.equal(rest, expected, where);
  assert.ok(paid === 'paid' || paid === 'unknown-outcome', where);
  const payments = effectsIn(dir).get(PAY) ?? 0;
  assert.ok(payments === 1 || (payments === 0 && paid === 'unknown-outcome'), `${where}: paid ${payments} times`);
}

test('killed once, at every point in turn', async () => {
  await withDirectory(async (home) => {
    const program = bundle(home);
    const undisturbed = await withDirectory(async (dir) => {
      const life = await live(program, dir, 0);
      assert.equal([...effectsIn(dir).values()], new Array(16).fill(1));
      return { points: life.lines.length - 1, result: resultOf(life), steps: knownIn([life]) };
    });
    assert.is(undisturbed.points, 36);

    const killAt = async (point: number): Promise<void> => {
      await withDirectory(async (dir) => {
        const first = await live(program, dir, point);
        const where = `killed at point ${point}, "${first.lines.at(-1)}"`;
        assert.ok(first.killed, where);
        assert.is(first.lines.length, point, where);
        const done = knownIn([first]);
        const second = await live(program, dir, 0);
        checkOutcome(dir, second, undisturbed.result, where);
        const counts = effectsIn(dir);
        for (const id of done) assert.is(counts.get(id), 1, `${where}: ${id} was known and is not repeated`);
        for (const id of undisturbed.steps) assert.ok(id === PAY || counts.has(id), `${where}: ${id} took place`);
        const repeated = [...counts.values()].filter((count) => count > 1).length;
        assert.ok(repeated <= CONCURRENCY, `${where}: ${repeated} repeated`);
      });
    };
    // Two at a time: they are processes of their own.
    for (let point = 1; point <= undisturbed.points; point += 2) {
      await Promise.all([killAt(point), point < undisturbed.points ? killAt(point + 1) : null]);
    }
  });
});

test('killed again and again, until it is through', async () => {
  await withDirectory(async (dir) => {
    const program = bundle(dir);
    const undisturbed = await withDirectory(async (other) => resultOf(await live(program, other, 0)));
    const lives: Life[] = [];
    for (;;) {
      // A replay tells what it knows again, so every life may go three points further than the one before.
      const before = effectsIn(dir);
      const known = knownIn(lives);
      const life = await live(program, dir, 3 * (lives.length + 1));
      const after = effectsIn(dir);
      for (const id of known) assert.is(after.get(id), before.get(id), `${id} was known and is not repeated`);
      lives.push(life);
      if (life.killed) continue;
      checkOutcome(dir, life, undisturbed, `after ${lives.length - 1} kills`);
      break;
    }
    assert.ok(lives.length >= 8, `${lives.length} kills`);
  });
});

test.run();
