// `npm run moments -- --moments N [--seed S]`: moments of random schedules beside a walk through every minute of the
// time-zone data. Prints what differs; the exit code is 1 then.
import { parseArgs } from 'node:util';
import { compareYear, drawSchedule } from '../packages/host/src/schedule/testing/compare.ts';

const { values } = parseArgs({
  options: { moments: { type: 'string', default: '1000000' }, seed: { type: 'string', default: '1' } },
});
let state = Number(values.seed);
const draw = (most) => {
  state = (state * 48_271 + 11) % 2_147_483_647;
  return state % most;
};

let moments = 0;
let schedules = 0;
let wrong = 0;
while (moments < Number(values.moments)) {
  const found = compareYear(drawSchedule(draw), 2020 + draw(16), draw);
  moments += found.moments;
  schedules += 1;
  wrong += found.wrong.length;
  for (const difference of found.wrong.slice(0, 3)) console.log(difference);
}
console.log(`${moments} moments of ${schedules} schedules, ${wrong} differences`);
process.exit(wrong === 0 ? 0 : 1);
