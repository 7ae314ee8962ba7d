// Runs cards with the largest inputs that a run may hold, one after the other, and tells which hold the event loop.
import { standard } from '@flowdeck/cards';
import { createEngine } from '@flowdeck/engine';
import { CARD_MS, GRACE_MS } from './judge.mjs';
import { END, largestFlows } from './largest.mjs';
import { watchTurns } from './turns.mjs';

/** Inputs that stand in many places would be over these before a card sees them. */
const LIMITS = { steps: 1e9, heldBytes: 4e9, outputLength: 1e9 };

/** The longest turn of the event loop while it runs, and how the run ended. */
async function longestTurn(engine, source, inputs) {
  const deck = engine.load(source);
  globalThis.gc?.();
  const turns = watchTurns();
  const { status, error } = await engine.run(deck, { inputs, limits: LIMITS });
  return { ms: turns.end(), end: error === null ? status : error.code };
}

/** The flow without the card: what its inputs alone cost is no matter of the card. */
function withoutCard(source) {
  const [main, ...others] = source.flows;
  return { ...source, flows: [{ ...main, cards: [END] }, ...others] };
}

const engine = createEngine({ packs: [standard] });
const alone = new Map();
let tried = 0;
let faults = 0;
for (const { card, why, source, inputs: make } of largestFlows(process.argv[2])) {
  const inputs = make();
  tried++;
  const came = await longestTurn(engine, source, inputs);
  if (came.ms <= GRACE_MS) continue;
  const key = JSON.stringify([source.flows[0].inputs, why.slice(why.lastIndexOf(': '))]);
  if (!alone.has(key)) alone.set(key, (await longestTurn(engine, withoutCard(source), inputs)).ms);
  const ms = came.ms - alone.get(key);
  if (ms <= GRACE_MS) continue;
  if (ms > CARD_MS) faults++;
  process.stdout.write(`${ms.toFixed(0).padStart(6)} ms  ${card}  (${why}): ${came.end}\n`);
}
process.stdout.write(`${tried} cards with large inputs, ${faults} hold the event loop for more than ${CARD_MS} ms\n`);
process.exitCode = faults === 0 ? 0 : 1;
