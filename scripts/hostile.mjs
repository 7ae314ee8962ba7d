// `npm run hostile`: flows that try to outlive their limits, and by how much they do.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { readArguments } from './arguments.mjs';
import { CARD_MS, describeJudgement, GRACE_MS, judge } from './hostile/judge.mjs';
import { watchFlows } from './hostile/watch.mjs';

const HELP = `npm run hostile -- [options]

Runs hostile flows of many kinds, each with a short wall time, in processes that are watched. Tells by how much they outlived
it, how long the event loop stood still, the peak of memory, and what crashed or hung. Time is what the process itself worked
or waited: neighbours on the machine are no delay of a flow.

  --flows N   how many; default 1000
  --seed S    the same flows for the same seed; default 1
  --wall MS   the wall time of each; default: chosen by the seed, 20 to 400 ms
  --cards P   instead of flows: the cards whose id holds P, each with inputs as large as a run may hold, and which of them hold
              the event loop for longer than their inputs alone
  --json      prints the judgement as JSON

Exits with 1 when a run outlives its wall time or its cancel by more than ${GRACE_MS} ms and the longest of its cards, when one card
takes more than ${CARD_MS} ms, when an error has no code, and when a process dies or hangs; with 2 when it was called wrongly.
`;

const options = {
  flows: { type: 'string', default: '1000' },
  seed: { type: 'string', default: '1' },
  wall: { type: 'string' },
  cards: { type: 'string' },
  json: { type: 'boolean', default: false },
};

/** In a process of its own, with room for the inputs; helper threads would count as time of a card. */
function tryCards(part) {
  const script = fileURLToPath(new URL('./hostile/largest-cards.mjs', import.meta.url));
  const flags = ['--max-old-space-size=5000', '--single-threaded', '--expose-gc'];
  return spawnSync(process.execPath, [...flags, script, part], { stdio: 'inherit' }).status ?? 1;
}

const { values, words, refuse, wholeNumber } = readArguments(HELP, options);
if (words.length > 0) refuse(`Too much: "${words.join(' ')}".`);
const { flows, seed, wall, cards, json } = values;
if (cards !== undefined) process.exitCode = tryCards(cards);
else {
  const figures = await watchFlows({
    ...{ flows: wholeNumber('--flows', flows), seed },
    wallTimeMs: wall === undefined ? undefined : wholeNumber('--wall', wall),
    tell: (done) => {
      if (done % 100 === 0) process.stderr.write(`${done} flows ...\n`);
    },
  });
  const judgement = judge(figures);
  process.stdout.write(`${json ? JSON.stringify(judgement, null, 2) : describeJudgement(judgement)}\n`);
  process.exitCode = judgement.faults.length === 0 ? 0 : 1;
}
