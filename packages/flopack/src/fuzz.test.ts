/** Broken files: nothing is thrown but documented errors, whatever is wrong. `scripts/fuzz-flopack.mjs` does more of it. */
import { standard } from '@flowdeck/cards';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { mutate } from './testing/mutate.js';
import { hold } from './testing/promise.js';
import { SAMPLES } from './testing/samples.js';

const MUTANTS = 2000;

test('thousands of mutants are read, and every fault is reported', async () => {
  const samples = Object.entries(SAMPLES).map(([name, make]) => [name, make()] as const);
  const counts = { refused: 0, imported: 0, ran: 0 };
  for (let index = 0; index < MUTANTS; index++) {
    const [name, original] = samples[index % samples.length] ?? ['', {}];
    const { mutant, faults } = mutate(original, `test/${index}`);
    try {
      counts[await hold(mutant, standard, index % 7 === 0)]++;
    } catch (error) {
      const reason = error instanceof Error ? error.stack : String(error);
      assert.unreachable(`Mutant ${index} of ${name} (${faults.join('; ')}): ${reason}`);
    }
  }
  assert.ok(counts.refused > 0 && counts.imported > 100 && counts.ran > 50, JSON.stringify(counts));
});

test.run();
