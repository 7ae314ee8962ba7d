// Breaks flow files in many ways and holds the engine to its promise: whatever is wrong is reported.
import { standard } from '@flowdeck/cards';
import { createEngine, DocumentError, FlowdeckError } from '@flowdeck/engine';
import { mutate } from '../../packages/flopack/src/testing/mutate.ts';
import { hostileFlow, KIND_NAMES } from '../hostile/flows.mjs';

/** More than any of the sound flows takes: a broken one may loop. */
const LIMITS = { steps: 5_000, wallTimeMs: 500, cardTimeMs: 200 };
const MOST_TOLD = 10;

/** Sound flows, since what is refused as it is has nothing to break. */
function samples() {
  return KIND_NAMES.map((kind, index) => [kind, hostileFlow('flows', index).source]);
}

/** Throws when anything comes of it but a report or a result. */
export async function holdFlow(engine, document, shouldRun) {
  engine.check(document);
  let deck;
  try {
    deck = engine.load(document);
  } catch (error) {
    if (error instanceof DocumentError) return 'refused';
    throw error;
  }
  if (!shouldRun) return 'loaded';
  for (const { id } of deck.document.flows.slice(0, 3)) {
    try {
      const { error } = await engine.run(deck, { flow: id, limits: LIMITS });
      if (error?.code === 'card-failed')
        throw new TypeError(`A card failed without an error of its own: ${error.message}`);
    } catch (error) {
      // A run that cannot begin, for want of an input or a connection, is refused.
      if (!(error instanceof FlowdeckError)) throw error;
    }
  }
  return 'ran';
}

/** @returns 0 when every file was reported or ran. */
export async function fuzzFlows(count, seed) {
  const engine = createEngine({ packs: [standard] });
  const originals = samples();
  const counts = { refused: 0, loaded: 0, ran: 0 };
  let broken = 0;
  let slowest = 0;
  for (let index = 0; index < count && broken < MOST_TOLD; index++) {
    const [name, original] = originals[index % originals.length];
    const { mutant, faults } = mutate(original, `${seed}/${index}`);
    const began = performance.now();
    try {
      counts[await holdFlow(engine, mutant, index % 10 === 0)]++;
    } catch (error) {
      broken++;
      console.log(`${seed}/${index} of ${name} (${faults.join('; ')}): ${error.stack}`);
    }
    slowest = Math.max(slowest, performance.now() - began);
    if (index % 10_000 === 9_999) console.log(`${index + 1} flow files ...`);
  }
  console.log(
    `${count} flow files: ${JSON.stringify(counts)}, ${broken} broke the promise; slowest ${slowest.toFixed(0)} ms`,
  );
  return broken === 0 ? 0 : 1;
}
