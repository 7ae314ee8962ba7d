// `npm run soak`: runs flows, hostile ones among them, and holds the memory against that of the beginning.
import { standard } from '@flowdeck/cards';
import { createEngine } from '@flowdeck/engine';
import { readArguments } from './arguments.mjs';
import { hostileFlow, KIND_NAMES } from './hostile/flows.mjs';

/** The heap may be so much larger at the end than it was after the first fifth, when all is compiled and cached. */
const MOST_GROWTH_MB = 20;

const HELP = `npm run soak -- [SECONDS]

Runs plain and hostile flows for so long (default 60), and exits with 1 when the heap grows by more than ${MOST_GROWTH_MB} MB after the
first fifth; with 2 when it was called wrongly.
`;

const { words, wholeNumber } = readArguments(HELP);
const SECONDS = wholeNumber('SECONDS', words[0] ?? '60');
if (globalThis.gc === undefined) throw new Error('Run it with node --expose-gc, as `npm run soak` does.');

const engine = createEngine({ packs: [standard], limits: { wallTimeMs: 50 } });
/** The same flows again and again: what grows is kept by somebody. */
const decks = KIND_NAMES.map((_, index) => {
  const { source, limits, cancelMs } = hostileFlow('soak', index);
  return { deck: engine.load(source), limits: { ...limits, wallTimeMs: 50 }, cancelMs };
});
const plain = engine.load({
  flowdeck: 1,
  id: 'plain',
  type: 'manual',
  inputs: [{ key: 'n', type: 'number' }],
  cards: [
    { id: 'sum', card: 'number.add', in: { a: { from: '/inputs/n' }, b: 1 } },
    { card: 'flow.return', in: { sum: { from: '/sum/output' } } },
  ],
});

const heapMb = () => {
  globalThis.gc();
  return process.memoryUsage().heapUsed / 1e6;
};
const began = performance.now();
const seconds = () => (performance.now() - began) / 1_000;
const heaps = [];
let runs = 0;
for (let next = SECONDS / 10; seconds() < SECONDS; ) {
  for (const { deck, limits, cancelMs } of decks) {
    const signal = cancelMs === null ? undefined : AbortSignal.timeout(cancelMs);
    await engine.run(deck, { limits, ...(signal === undefined ? {} : { signal }) });
    runs++;
    for (let n = 0; n < 1_000; n++, runs++) await engine.run(plain, { inputs: { n } });
  }
  if (seconds() < next) continue;
  heaps.push(heapMb());
  console.log(
    `${seconds().toFixed(0).padStart(4)} s ${String(runs).padStart(9)} runs ${heaps.at(-1).toFixed(1).padStart(7)} MB`,
  );
  next += SECONDS / 10;
}
const grown = heaps.at(-1) - heaps[Math.floor(heaps.length / 5)];
console.log(`${runs} runs; the heap grew by ${grown.toFixed(1)} MB, at most ${MOST_GROWTH_MB} MB is flat`);
process.exit(grown <= MOST_GROWTH_MB ? 0 : 1);
