// Breaks small exports in many ways and holds the flopack package to its promise: whatever is wrong is reported.
// Usage: node --import tsx scripts/fuzz-flopack.mjs [COUNT] [SEED]
import { standard } from '@flowdeck/cards';
import { mutate } from '../packages/flopack/src/testing/mutate.ts';
import { hold } from '../packages/flopack/src/testing/promise.ts';
import { SAMPLES } from '../packages/flopack/src/testing/samples.ts';

const count = Number(process.argv[2] ?? 100_000);
const seed = process.argv[3] ?? 'fuzz';
const samples = Object.entries(SAMPLES).map(([name, make]) => [name, make()]);
const counts = { refused: 0, imported: 0, ran: 0 };
let broken = 0;
let slowest = 0;
for (let index = 0; index < count && broken < 10; index++) {
  const [name, original] = samples[index % samples.length];
  const { mutant, faults } = mutate(original, `${seed}/${index}`);
  const began = performance.now();
  try {
    counts[await hold(mutant, standard, index % 10 === 0)]++;
  } catch (error) {
    broken++;
    console.log(`${seed}/${index} of ${name} (${faults.join('; ')}): ${error.stack}`);
  }
  slowest = Math.max(slowest, performance.now() - began);
  if (index % 10_000 === 9_999) console.log(`${index + 1} mutants ...`);
}
console.log(
  `${count} mutants: ${JSON.stringify(counts)}, ${broken} broke the promise; slowest ${slowest.toFixed(0)} ms`,
);
process.exit(broken === 0 ? 0 : 1);
