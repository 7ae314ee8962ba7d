/** What the tests of the journal share. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunRecord } from '@flowdeck/engine';
import * as assert from 'uvu/assert';

/** Calls `use` with a directory of its own, and removes it. */
export async function withDirectory<T>(use: (dir: string) => T | Promise<T>): Promise<T> {
  const dir = mkdtempSync(join(tmpdir(), 'flowdeck-journal-'));
  try {
    return await use(dir);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

export function recordOf(runId: string, changes: Partial<RunRecord> = {}): RunRecord {
  return { runId, flow: 'notify', revision: 'r1', inputs: {}, options: {}, startedAt: 0, ...changes };
}

/** A signal that never aborts. */
export function never(): { readonly signal: AbortSignal } {
  return { signal: new AbortController().signal };
}

export function segmentsIn(dir: string): string[] {
  return readdirSync(dir)
    .filter((name) => name.endsWith('.log'))
    .sort();
}

/** An effect that was performed before and must not be again. */
export function unreached(): never {
  throw new Error('The effect should not be performed again.');
}

/** The error that `promise` rejects with; fails when it resolves. */
export async function rejection(
  promise: Promise<unknown> | unknown,
): Promise<Error & { code?: string; hint?: string }> {
  try {
    await promise;
  } catch (error) {
    assert.instance(error, Error);
    return error as Error;
  }
  throw new Error('The promise should have been rejected.');
}

/** The error that `ask` throws, or rejects with. */
export function refusal(ask: () => unknown): ReturnType<typeof rejection> {
  return rejection(new Promise((resolve) => resolve(ask())));
}

/** Resolves when `condition` holds; looks once per turn of the event loop. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}
