// `npm run mutate`: how much of the engine the tests and cases hold. Changes the engine in thousands of small ways, one at a
// time, and prints the changes that nothing notices.
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { readArguments } from '../arguments.mjs';
import { bundleProgram } from './bundle.mjs';
import { judgementsIn } from './judgements.mjs';
import { makeMutants } from './mutants.mjs';
import { describeReport, reportOf } from './report.mjs';
import { sampleOf, survivorsAmong } from './sample.mjs';
import { SUBJECTS } from './subjects.mjs';
import { SLOWEST_MS, tryAll } from './trial.mjs';
import { Worker } from './workers.mjs';

const HELP = `npm run mutate -- [options]

Mutates packages/engine/src/{run,values,plan}, and prints the share of mutants that the tests and the conformance cases
kill, with the survivors by file and line. Survivors that docs/mutation.md judges to be no fault are told apart.

  --cards       mutates what the standard cards do (packages/cards/src) in place of the engine
  --sample N    tries N mutants, chosen by the seed
  --seed S      default 1
  --only GLOBS  files below the sources of the package, such as 'run/*.ts,plan/bind.ts'
  --again FILE  tries those that survived in a report of --json
  --jobs N      processes side by side; default: one for each core
  --json        prints the report as JSON
`;

const options = {
  sample: { type: 'string' },
  seed: { type: 'string', default: '1' },
  only: { type: 'string', default: '**' },
  cards: { type: 'boolean', default: false },
  again: { type: 'string' },
  jobs: { type: 'string', default: String(availableParallelism()) },
  json: { type: 'boolean', default: false },
};

const root = resolve(import.meta.dirname, '../..');
const say = (text) => process.stderr.write(`${text}\n`);

const { values, words, refuse, wholeNumber } = readArguments(HELP, options);
if (words.length > 0) refuse(`Too much: "${words.join(' ')}".`);
await mutate(values);

async function mutate({ sample, seed, only, jobs, json, cards, again }) {
  const subject = cards ? SUBJECTS.cards : SUBJECTS.engine;
  const count = sample === undefined ? null : wholeNumber('--sample', sample);
  const side = wholeNumber('--jobs', jobs);
  const made = await makeMutants(root, subject, only);
  if (made.mutants.length === 0) refuse(`Nothing to mutate: no file fits "${only}".`);
  const asked = again === undefined ? made.mutants : survivorsAmong(made.mutants, readFileSync(again, 'utf8'));
  const mutants = count === null ? asked : sampleOf(asked, count, seed);
  say(
    `${made.mutants.length} mutants in ${made.sources.size} files${mutants === made.mutants ? '' : `, ${mutants.length} of them tried`}.`,
  );
  // Below the root, so that the program finds its dependencies.
  const cache = join(root, 'node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'mutate-'));
  try {
    const program = await bundleProgram(root, subject, made.sources, folder);
    const dry = await dryRun(program, join(folder, 'dry.json'));
    const started = performance.now();
    let told = started;
    const results = await tryAll({
      ...{ program, all: made.mutants, mutants, dry, jobs: side },
      tell: (_, done) => {
        const now = performance.now();
        if (now - told < 5000 && done < mutants.length) return;
        told = now;
        say(`${done} of ${mutants.length} tried, ${Math.round((now - started) / 1000)} s`);
      },
    });
    const report = reportOf(results, judgementsIn(readFileSync(join(root, 'docs/mutation.md'), 'utf8')), {
      folder: subject.folder,
      whole: mutants === made.mutants && only === '**' && !cards,
      ignored: made.ignored,
      seconds: Math.round((performance.now() - started) / 1000),
    });
    process.stdout.write(json ? `${JSON.stringify(report, null, 2)}\n` : describeReport(report));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the checks do without a mutant. One that fails even so is told, and not asked again. */
async function dryRun(program, file) {
  const worker = new Worker(program);
  let last;
  const came = await worker.ask({ kind: 'dry', file }, ({ id, done, of }) => {
    last = id ?? last;
    if (done % 100 === 0) say(`${done} of ${of} checks without a mutant`);
  });
  worker.end();
  if (came.kind !== 'dry') throw new Error(`The program cannot be run: ${came.error ?? `${came.by}, at ${last}`}`);
  const dry = JSON.parse(readFileSync(file, 'utf8'));
  for (const { id, error, ms } of dry.checks) {
    if (error !== null) say(`left out: ${id}: ${error.split('\n', 1)[0]}`);
    else if (ms > SLOWEST_MS) say(`left out: ${id}: takes ${Math.round(ms / 1000)} s`);
  }
  return dry;
}
