// `npm run hostile`: flows that try to outlive their limits, and by how much they do.
import { parseArgs } from 'node:util';
import { CARD_MS, describeJudgement, GRACE_MS, judge } from './hostile/judge.mjs';
import { watchFlows } from './hostile/watch.mjs';

const HELP = `npm run hostile -- [options]

Runs hostile flows of many kinds, each with a short wall time, in processes that are watched. Tells by how much they outlived
it, how long the event loop stood still, the peak of memory, and what crashed or hung. Time is what the process itself worked
or waited: neighbours on the machine are no delay of a flow.

  --flows N   how many; default 1000
  --seed S    the same flows for the same seed; default 1
  --wall MS   the wall time of each; default: chosen by the seed, 20 to 400 ms
  --json      prints the judgement as JSON

Exits with 1 when a run outlives its wall time or its cancel by more than ${GRACE_MS} ms and the longest of its cards, when one card
takes more than ${CARD_MS} ms, when an error has no code, and when a process dies or hangs; with 2 when it was called wrongly.
`;

const options = {
  flows: { type: 'string', default: '1000' },
  seed: { type: 'string', default: '1' },
  wall: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
};

function refuse(message) {
  process.stderr.write(`${message}\n\n${HELP}`);
  process.exit(2);
}

function read() {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    return refuse(error.message);
  }
}

function wholeNumber(name, text) {
  const number = Number(text);
  return Number.isSafeInteger(number) && number > 0
    ? number
    : refuse(`--${name} is a whole number above 0, not "${text}".`);
}

const { flows, seed, wall, json, help } = read();
if (help) process.stdout.write(HELP);
else {
  const figures = await watchFlows({
    ...{ flows: wholeNumber('flows', flows), seed },
    wallTimeMs: wall === undefined ? undefined : wholeNumber('wall', wall),
    tell: (done) => {
      if (done % 100 === 0) process.stderr.write(`${done} flows ...\n`);
    },
  });
  const judgement = judge(figures);
  process.stdout.write(`${json ? JSON.stringify(judgement, null, 2) : describeJudgement(judgement)}\n`);
  process.exitCode = judgement.faults.length === 0 ? 0 : 1;
}
