// `npm run bench:runtimes`: what runtimes cost, with cards that do nothing.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readArguments } from './arguments.mjs';
import { processorTime } from './bench-runtimes/crew.mjs';
import { CREWS, ITEMS, REPLAYED, SHARED, STEPS, WINDOW } from './bench-runtimes/deck.mjs';

/** By what `--runtime` says: opens it; null where it is not there. */
const RUNTIMES = {
  journal: async (dir) => (await import('./bench-runtimes/journal.mjs')).openJournal(dir),
  restate: async (dir) => (await import('./bench-runtimes/restate.mjs')).openRestate(dir),
  dbos: async () => (await import('./bench-runtimes/dbos.mjs')).openDbos(),
};

/** By what `--row` says. Each gives what it has to tell. */
const ROWS = { step, each, replay, waits, works, hour };

const HELP = `npm run bench:runtimes -- --runtime NAME [options]

What runtimes cost, with cards that do nothing. Times mean something on a quiet machine only; the least of all rounds is nearest
to the truth on another one.

  --runtime NAME   ${Object.keys(RUNTIMES).join(', ')}
  --rounds N       how many; default 3
  --row NAME       ${Object.keys(ROWS).join(', ')}; may be given several times, default: all

Exits with 2 when it was called wrongly, or there is no server.
`;

const { values, words, refuse, wholeNumber } = readArguments(HELP, {
  runtime: { type: 'string' },
  rounds: { type: 'string', default: '3' },
  row: { type: 'string', multiple: true, default: Object.keys(ROWS) },
});
if (words.length > 0) refuse(`Too much: "${words.join(' ')}".`);
const open = RUNTIMES[values.runtime];
if (open === undefined) refuse('Name a runtime.');
const rounds = wholeNumber('--rounds', values.rounds);
for (const name of values.row) if (!(name in ROWS)) refuse(`There is no row "${name}".`);
const dir = mkdtempSync(join(tmpdir(), 'flowdeck-bench-'));
const runtime = await open(dir);
if (runtime === null) {
  console.error(`There is no server for ${values.runtime}: its README says what to install.`);
  process.exit(2);
}
const { workers, crew } = theCrew();
let runs = 0;
console.log(
  `${values.runtime}, milliseconds, ${rounds} rounds: the least, the middle one; processor time, least: of workers, behind them`,
);
for (const name of values.row) await ROWS[name]();
for (const worker of workers) await worker.end();
await runtime.close();
rmSync(dir, { recursive: true, force: true });
process.exit(0);

/** What one of `count` cost: time on the clock, and processor time of those who carry it out and of what is behind them. */
function tell(what, { least, middle, own, behind }, count = 1) {
  const [of, most, some, more] = [least, middle, own, behind].map((ms) => (ms / count).toFixed(2).padStart(9));
  console.log(`${what.padEnd(40)} ${of} ${most} ${some} ${more}`);
}

async function step() {
  await crew(1);
  tell(`a step, of ${STEPS}`, await measured(() => timed('steps')), STEPS);
}

async function each() {
  await crew(1);
  const items = ITEMS[values.runtime];
  tell(`For Each ${items}, ${WINDOW} at once`, await measured(() => timed('items')));
}

async function replay() {
  if (runtime.replay === undefined) return;
  tell(`replay of ${REPLAYED} steps`, await measured(() => runtime.replay(`run-${runs++}`)));
}

/** Workers do nothing but wait for the world: four of them are to have done with it four times as soon. */
async function waits() {
  await shared('waits');
}

/** Items are so short that their own price is the limit. */
async function works() {
  await shared('works');
}

async function shared(name) {
  if (runtime.worker === undefined) return;
  const { items, ms } = SHARED[name];
  let alone = null;
  for (const size of CREWS[name]) {
    await crew(size);
    const took = await measured(() => timed(`${name}-${size}`));
    alone ??= took.least;
    tell(`${items} items of ${ms} ms, workers: ${size}`, took);
    tell(`  ${(alone / took.least).toFixed(2)} times as fast as one; an item`, took, items);
  }
}

async function hour() {
  if (runtime.held === undefined) return;
  const { held, beside } = await runtime.held();
  console.log(`${'a run that waits an hour holds'.padEnd(40)} ${held.toFixed(0).padStart(9)} bytes (${beside})`);
}

async function timed(flow) {
  const runId = `run-${runs++}`;
  const begun = performance.now();
  const { status, error } = await ran(runId, flow);
  if (status !== 'success') throw new Error(`${flow}: ${JSON.stringify(error)}`);
  return performance.now() - begun;
}

async function ran(runId, flow) {
  if (runtime.client === undefined) return runtime.run(runId, flow);
  await runtime.client.start({ runId, revision: workers[0].revision, flow });
  return runtime.client.end(runId);
}

/** The least and the middle one of all rounds but the first, which pays for what is made once. */
async function measured(time) {
  await time();
  const all = [];
  for (let round = 0; round < rounds; round++) {
    const before = processors();
    const took = await time();
    const [own, behind] = processors().map((sum, at) => sum - before[at]);
    all.push({ took, own, behind });
  }
  const ordered = (of) => all.map((each) => each[of]).sort((x, y) => x - y);
  const times = ordered('took');
  const middle = times[Math.floor(rounds / 2)];
  return { least: times[0], middle, own: ordered('own')[0], behind: ordered('behind')[0] };
}

function processors() {
  if (runtime.worker === undefined) return [processorTime([process.pid]), 0];
  return [workers.map(({ pid }) => pid), runtime.behind].map(processorTime);
}

/** As many workers as are asked for. */
function theCrew() {
  const workers = [];
  const crew = async (size) => {
    if (runtime.worker === undefined) return;
    while (workers.length > size) await workers.pop().end();
    while (workers.length < size) workers.push(await runtime.worker());
  };
  return { workers, crew };
}
