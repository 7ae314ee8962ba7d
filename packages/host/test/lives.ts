/** Programs that kill themselves at a given point, and what their lives leave behind. */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import * as assert from 'uvu/assert';

export interface Life {
  /** What the program told before it ended. */
  readonly lines: readonly string[];
  readonly killed: boolean;
}

export function live(program: string, dir: string, killAt: number): Promise<Life> {
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
export function effectsIn(dir: string): Map<string, number> {
  const file = join(dir, 'effects');
  const counts = new Map<string, number>();
  if (!existsSync(file)) return counts;
  for (const id of readFileSync(file, 'utf8').trim().split('\n')) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

export function resultOf(life: Life): Record<string, unknown> {
  const line = life.lines.find((line) => line.startsWith('result '));
  assert.ok(line, 'the run ended');
  return JSON.parse(line?.slice('result '.length) ?? '');
}

/** The steps whose outcome the run was given. */
export function knownIn(lives: readonly Life[]): Set<string> {
  const lines = lives.flatMap((life) => life.lines);
  return new Set(lines.filter((line) => line.startsWith('known ')).map((line) => line.slice('known '.length)));
}

/** A program of this folder that starts in a moment: the tests start it about a hundred times. */
export function bundle(name: string, dir: string): string {
  const outfile = join(dir, `${name}.mjs`);
  const entryPoints = [fileURLToPath(new URL(`./${name}.ts`, import.meta.url))];
  buildSync({ entryPoints, outfile, bundle: true, platform: 'node', format: 'esm', logLevel: 'error' });
  return outfile;
}
