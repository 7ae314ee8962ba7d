// `npm run crash`: kills workers, hosts, and what is behind them, and prints what came of it.
import { crash, onStage } from '../packages/testing/src/runtime-contract/index.ts';
import { readArguments } from './arguments.mjs';

/** By what `--runtime` says. A subject is null where there is no server. */
const SUBJECTS = {
  journal: async (key) => (await import('../packages/host/test/contract-subjects.ts')).journalSubject(key),
  restate: async (key) => (await import('../packages/runtime-restate/test/contract-subject.ts')).restateSubject(key),
  dbos: async (key) => (await import('../packages/runtime-dbos/test/contract-subject.ts')).dbosSubject(key),
};

/** Effects of a run that nobody disturbs, and how far apart kills are at most. */
const EFFECTS = 30;
const APART = 9;

const HELP = `npm run crash -- --runtime NAME|--host [options]

Kills workers, and the server behind them, in the midst of runs. Nothing but 0 may stand under "wrong", "lost", "outside"
(doubled although it was not under way) and "forbidden" (doubled although it may take place at most once).

  --runtime NAME      ${Object.keys(SUBJECTS).join(', ')}
  --host              kills flowdeck serve instead, at every step of on, off, register, deliver, poll and refresh
  --kills N           how many; default 20
  --seed S            a whole number: the same kills for the same seed; default 1
  --sealed            what is kept is sealed by a key
  --record-bytes N    values beyond so many bytes are kept beside the record

Exits with 1 when something was lost or doubled that may not be; with 2 when it was called wrongly, or there is no server.
`;

const { values, words, refuse, wholeNumber } = readArguments(HELP, {
  runtime: { type: 'string' },
  sealed: { type: 'boolean', default: false },
  'record-bytes': { type: 'string' },
  host: { type: 'boolean', default: false },
  kills: { type: 'string', default: '20' },
  seed: { type: 'string', default: '1' },
});
const open = SUBJECTS[values.runtime];
if ((open === undefined) !== values.host) refuse('Name a runtime or --host, and not both.');
if (words.length > 0) refuse(`Too much: "${words.join(' ')}".`);
const wanted = wholeNumber('--kills', values.kills);
const recordBytes = wholeNumber('--record-bytes', values['record-bytes'] ?? '1');
let state = wholeNumber('--seed', values.seed);
/** A whole number below `most`, the same for the same seed. */
function draw(most) {
  state = (state * 48_271 + 11) % 2_147_483_647;
  return state % most;
}
const begun = Date.now();
const seconds = () => Math.round((Date.now() - begun) / 1000);
if (values.host) {
  const { crashHost } = await import('./crash/host.mjs');
  const tell = (kills) => console.error(`${kills} of ${wanted} kills, ${seconds()} s`);
  const { killedAt, verdict, counts, isKept } = await crashHost({ kills: wanted, draw, tell });
  console.table([killedAt]);
  console.table([counts]);
  console.log(`host, seed ${values.seed}: ${seconds()} s; ${isKept ? 'everything was kept' : JSON.stringify(verdict)}`);
  process.exit(isKept ? 0 : 1);
}
const subject = await open(values.sealed ? Buffer.alloc(32, 7).toString('base64') : undefined);
if (subject === null) {
  console.error(`There is no server for ${values.runtime}: its README says what to install.`);
  process.exit(2);
}

// Beyond so many bytes of JSON the annex is asked.
const limits = values['record-bytes'] === undefined ? {} : { recordBytes };

const rows = {};
await onStage(subject, async (stage) => {
  let worker = await stage.start();
  for (let kills = 0, run = 1; kills < wanted; run++) {
    const plan = planned(stage.hasServer, wanted - kills);
    const row = await crash(stage, worker, { runId: `run-${run}`, kills: plan, limits });
    worker = row.worker;
    kills += row.kills;
    console.error(`${kills} of ${wanted} kills, ${seconds()} s`);
    if (row.kills > 0) add(plan[0].victim, row);
    if (row.wrong !== null || row.lost.length + row.outside.length + row.forbidden.length > 0) {
      console.log(`run-${run}: ${JSON.stringify({ plan, ...row, worker: undefined })}`);
    }
  }
});
console.table(rows);
console.log(`${values.runtime}, seed ${values.seed}: ${seconds()} s`);
const isKept = Object.values(rows).every((row) => row.wrong + row.lost + row.outside + row.forbidden === 0);
process.exit(isKept ? 0 : 1);

/** One run's kills, all of one kind: at random effects, repeated ones counted. */
function planned(hasServer, most) {
  const victim = hasServer ? (['worker', 'worker', 'worker', 'server', 'both'][draw(5)] ?? 'worker') : 'worker';
  const plan = [];
  for (let at = 1 + draw(APART); at <= EFFECTS && plan.length < most; at += 1 + draw(APART)) plan.push({ at, victim });
  return plan;
}

function add(victim, { kills, wrong, lost, doubled, outside, forbidden }) {
  const sum = rows[victim] ?? { runs: 0, kills: 0, wrong: 0, lost: 0, doubled: 0, outside: 0, forbidden: 0 };
  rows[victim] = {
    runs: sum.runs + 1,
    kills: sum.kills + kills,
    wrong: sum.wrong + (wrong === null ? 0 : 1),
    lost: sum.lost + lost.length,
    doubled: sum.doubled + doubled.length,
    outside: sum.outside + outside.length,
    forbidden: sum.forbidden + forbidden.length,
  };
}
