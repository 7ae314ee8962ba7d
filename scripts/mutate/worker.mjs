// Runs checks in a process of its own, with one mutant switched on: `node worker.mjs PROGRAM`. Speaks with its parent.
import { writeFileSync } from 'node:fs';

/** Milliseconds between two signs of life. */
const BEAT_MS = 500;
/** Milliseconds that a check gets beyond ten times what it took without a mutant. */
const PATIENCE_MS = 2000;
/** A mutant that is reached so many times as often as the original loops for ever. */
const HITS = 100;

// The instrumented files share this, each from the first time that it is reached.
const stryker = { mutantCoverage: { static: {}, perTest: {} } };
globalThis.__stryker__ = stryker;
let stray = null;
// What a check leaves behind, and nobody catches, would end a real process.
process.on('unhandledRejection', (error) => {
  stray = error;
});
process.on('uncaughtException', (error) => {
  stray = error;
});
setInterval(() => process.send({ kind: 'alive' }), BEAT_MS);

const { checks } = await import(process.argv[2]).catch((error) => {
  process.send({ kind: 'broken', error: String(error) });
  return { checks: [] };
});
process.on('message', async (order) => {
  process.send(order.kind === 'dry' ? await dryRun(order) : await tryMutant(order));
});
process.send({ kind: 'ready' });

/** All checks without a mutant: how long each takes, and which mutants it reaches how often. */
async function dryRun({ file }) {
  const told = [];
  const covered = stryker.mutantCoverage;
  const atLoad = Object.keys(covered.static);
  const most = {};
  for (const [index, { id, run }] of checks.entries()) {
    process.send({ kind: 'alive', id, done: index, of: checks.length });
    covered.perTest = {};
    stryker.currentTestId = 'check';
    const started = performance.now();
    const error = await outcomeOf(run, 60_000);
    const ms = performance.now() - started;
    const hits = covered.perTest.check ?? {};
    for (const [mutant, count] of Object.entries(hits)) most[mutant] = Math.max(most[mutant] ?? 0, count);
    told.push({ id, ms, error: error === null ? null : String(error).slice(0, 300), reaches: Object.keys(hits) });
  }
  stryker.currentTestId = undefined;
  writeFileSync(file, JSON.stringify({ checks: told, atLoad, most }));
  return { kind: 'dry' };
}

/** Checks in the given order, up to the first that says no. */
async function tryMutant({ mutant, order, most }) {
  stryker.activeMutant = mutant;
  stryker.hitLimit = most === undefined ? Number.POSITIVE_INFINITY : most * HITS;
  try {
    for (const { index, ms } of order) {
      stryker.hitCount = 0;
      const { id, run } = checks[index];
      const error = await outcomeOf(run, PATIENCE_MS + 10 * ms);
      if (error === LATE) return { kind: 'done', status: 'timeout', by: id };
      if (stryker.hitCount > stryker.hitLimit) return { kind: 'done', status: 'timeout', by: id };
      if (error !== null) return { kind: 'done', status: 'killed', by: id };
    }
    return { kind: 'done', status: 'survived' };
  } finally {
    stryker.activeMutant = undefined;
  }
}

const LATE = Symbol('late');

/** Null: it passed. Else what it failed with. */
async function outcomeOf(run, ms) {
  stray = null;
  let timer;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, ms, LATE);
  });
  try {
    const outcome = await Promise.race([run(), late]);
    return outcome === LATE ? LATE : stray;
  } catch (error) {
    return error;
  } finally {
    clearTimeout(timer);
  }
}
