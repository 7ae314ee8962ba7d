// Breaks small exports in many ways and holds the flopack package to its promise: whatever is wrong is reported.
import { standard } from '@flowdeck/cards';
import { mutate } from '../../packages/flopack/src/testing/mutate.ts';
import { hold } from '../../packages/flopack/src/testing/promise.ts';
import { SAMPLES } from '../../packages/flopack/src/testing/samples.ts';

const MOST_TOLD = 10;

/** @returns 0 when every export was reported or imported. */
export async function fuzzExports(count, seed) {
  const samples = Object.entries(SAMPLES).map(([name, make]) => [name, make()]);
  const counts = { refused: 0, imported: 0, ran: 0 };
  let broken = 0;
  let slowest = 0;
  for (let index = 0; index < count && broken < MOST_TOLD; index++) {
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
    if (index % 10_000 === 9_999) console.log(`${index + 1} exports ...`);
  }
  console.log(
    `${count} exports: ${JSON.stringify(counts)}, ${broken} broke the promise; slowest ${slowest.toFixed(0)} ms`,
  );
  return broken === 0 ? 0 : 1;
}
