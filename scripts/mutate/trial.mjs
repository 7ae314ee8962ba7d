// Tries mutants: which checks may kill each, in which order, and what came of it.
import { Worker } from './workers.mjs';

/**
 * Tries every mutant with the checks that reach it.
 *
 * @param all As `makeMutants` gives them.
 * @param mutants Those of them that are tried.
 * @param dry What the program does without a mutant, as the worker wrote it.
 * @param jobs How many processes work side by side.
 * @param tell Called after each mutant with what came of it.
 * @returns The mutants, each with `status` (`killed`, `timeout`, `survived`, `uncovered`) and what killed it as `by`.
 */
export async function tryAll({ program, all, mutants, dry, jobs, tell }) {
  const plan = planOf(all, dry);
  const results = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: jobs }, async () => {
      const worker = new Worker(program, plan.longestMs);
      while (next < mutants.length) {
        const mutant = mutants[next++];
        const result = { ...mutant, ...(await tryOne(mutant, plan, worker, program)) };
        plan.learn(result);
        results.push(result);
        tell(result, results.length);
      }
      worker.end();
    }),
  );
  return results.sort((a, b) => Number(a.id) - Number(b.id));
}

async function tryOne(mutant, plan, worker, program) {
  const order = plan.orderOf(mutant);
  const atLoad = plan.isAtLoad(mutant);
  if (order.length === 0 && !atLoad) return { status: 'uncovered' };
  if (order.length > 0) {
    const came = await worker.ask({ kind: 'try', mutant: mutant.id, order, most: plan.most(mutant) });
    // What timed out may still be running.
    if (came.status === 'timeout') worker.end();
    if (came.status !== 'survived' || !atLoad) return resultOf(came);
  }
  const fresh = new Worker(program, plan.longestMs, mutant.id);
  try {
    return resultOf(await fresh.ask({ kind: 'try', mutant: mutant.id, order: plan.orderOfFile(mutant) }));
  } finally {
    fresh.end();
  }
}

function resultOf({ kind, status, by }) {
  if (kind === 'broken') return { status: 'killed', by: 'loading the sources' };
  return by === undefined ? { status } : { status, by };
}

/** Checks that reach the same mutants of a file say much the same about it: so many of them are asked first. */
const ALIKE = 6;
/** Milliseconds, measured without a mutant: so long the others are asked of a mutant that none of the first has noticed. */
const REST_MS = 8000;
/** Milliseconds. A check that takes longer is left out: a survivor would cost as much, and there are thousands. */
export const SLOWEST_MS = 3000;

/** The sound checks by mutant, the quick ones first, and before them those that killed a neighbour. */
export function planOf(all, { checks, atLoad, most }) {
  const reaching = new Map(all.map(({ id }) => [id, []]));
  const ofFile = new Map();
  const files = new Map(all.map(({ id, file }) => [id, file]));
  const alike = new Map();
  const quick = checks
    .map(({ ms, error, reaches }, index) => ({ ms, error, reaches, index }))
    .filter(({ ms, error }) => error === null && ms <= SLOWEST_MS)
    .sort((a, b) => a.ms - b.ms);
  for (const { index, ms, reaches } of quick) {
    for (const [file, ids] of byFile(reaches, files)) {
      const signature = `${file} ${ids.join(' ')}`;
      const count = (alike.get(signature) ?? 0) + 1;
      alike.set(signature, count);
      const asked = { index, ms, isRest: count > ALIKE };
      for (const id of ids) reaching.get(id).push(asked);
      if (!ofFile.has(file)) ofFile.set(file, []);
      ofFile.get(file).push(asked);
    }
  }
  const besideFile = (file) => quick.filter(({ index }) => isBeside(checks[index].id, file));
  const load = new Set(atLoad);
  const kills = new Map();
  const names = new Map(checks.map(({ id }, index) => [id, index]));
  const sorted = (list, file) => {
    const known = kills.get(file) ?? new Map();
    const first = list
      .filter(({ isRest }) => !isRest)
      .sort((a, b) => (known.get(b.index) ?? 0) - (known.get(a.index) ?? 0) || a.ms - b.ms);
    let spent = 0;
    // The quick ones first, as they stand in the list.
    const rest = list.filter(({ ms, isRest }) => {
      if (isRest) spent += ms;
      return isRest && spent <= REST_MS;
    });
    return [...first, ...rest].map(({ index, ms }) => ({ index, ms }));
  };
  return {
    orderOf: ({ id, file }) => sorted(reaching.get(id), file),
    orderOfFile: ({ file }) => {
      const asked = [...besideFile(file), ...(ofFile.get(file) ?? [])];
      return sorted([...new Map(asked.map((each) => [each.index, each])).values()], file);
    },
    longestMs: Math.max(0, ...quick.map(({ ms }) => ms)),
    isAtLoad: ({ id }) => load.has(id),
    most: ({ id }) => most[id],
    learn: ({ status, by, file }) => {
      const index = names.get(by);
      if (status !== 'killed' || index === undefined) return;
      if (!kills.has(file)) kills.set(file, new Map());
      kills.get(file).set(index, (kills.get(file).get(index) ?? 0) + 1);
    },
  };
}

/** A test of the file itself, such as `engine/src/values/date.test.ts: ...`. It may read what was made at load, and reach nothing. */
function isBeside(id, file) {
  return id.includes(`/src/${file.replace(/\.ts$/, '.test.ts')}: `);
}

/** The mutants that a check reaches, sorted by the file that they are in. */
function byFile(reaches, files) {
  const sorted = new Map();
  for (const id of reaches) {
    const file = files.get(id);
    if (file === undefined) continue;
    if (!sorted.has(file)) sorted.set(file, []);
    sorted.get(file).push(id);
  }
  return sorted;
}
