/** R2: reading and compiling an export of 1.8 MB, and simulating each flow of 60 exports. */
import { standard } from '@flowdeck/cards';
import { createEngine } from '@flowdeck/engine';
import type { CardNode, DeckFlow } from '@flowdeck/engine/kit';
import { exportFlopack, importFlopack } from '@flowdeck/flopack';
import { simulate } from '@flowdeck/testing';
import { bench, time } from './harness.js';

/** The document of an import. */
type Deck = NonNullable<ReturnType<typeof importFlopack>['document']>;

const MILLION = 1e6;
const ROUNDS = 5;
const FILES = 60;
/** They say what they are called in an export. */
const CARDS = standard.cards ?? [];

/** Flows as authors draw them: texts, choices, a request, a loop over what it gave. */
function fileOf(flows: number, cards: number): Deck {
  const flow = (n: number): DeckFlow => {
    const nodes: CardNode[] = [];
    for (let i = 0; i < cards; i++) {
      const last = i === 0 ? '/inputs/who' : `/c${i - 1}/output`;
      nodes.push({
        id: `c${i}`,
        card: 'text.concatenate',
        title: `Say it in other words (${i})`,
        note: 'What the customer reads, once a day.',
        in: { 'text 1': { from: last }, 'text 2': `, number ${i}` },
      });
    }
    nodes.push({ card: 'flow.return', in: { said: { from: `/c${cards - 1}/output` } } });
    return {
      id: `flow-${n}`,
      name: `Flow ${n}`,
      type: 'helper',
      inputs: [{ key: 'who', type: 'text' }],
      outputs: [{ key: 'said', type: 'text' }],
      cards: nodes,
    };
  };
  return { flowdeck: 1, flows: Array.from({ length: flows }, (_, n) => flow(n)) };
}

function exportOf(flows: number, cards: number): string {
  const { flopack, diagnostics } = exportFlopack(fileOf(flows, cards), { cards: CARDS });
  if (flopack === null) throw new Error(`Not exported: ${diagnostics[0]?.message}`);
  return JSON.stringify(flopack, null, 1);
}

/** The least of several rounds: what the work takes when nothing is in its way. */
async function least(work: () => unknown): Promise<number> {
  let ns = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) ns = Math.min(ns, await time(work, 1));
  return ns;
}

function imported(text: string): Deck {
  const { document, diagnostics } = importFlopack(text, { cards: CARDS });
  if (document === null) throw new Error(`Not read: ${diagnostics[0]?.message}`);
  return document;
}

await bench('R2', async function* (workload) {
  const large = exportOf(18, 25);
  const engine = createEngine({ packs: [standard] });
  const parse = await least(() => JSON.parse(large));
  const read = await least(() => engine.load(imported(large)));
  const size = `${(large.length / MILLION).toFixed(1)} MB, 18 flows of 26 cards; JSON.parse ${(parse / MILLION).toFixed(1)} ms`;
  yield {
    kind: 'figure',
    workload,
    what: `read and compile an export (${size})`,
    unit: 'ns',
    value: read,
    target: null,
  };

  const folder = Array.from({ length: FILES }, () => exportOf(5, 10));
  const value = await least(async () => {
    for (const text of folder) {
      const document = imported(text);
      const simulation = simulate(document, { packs: [standard] });
      for (const { id } of document.flows) {
        const { status, error } = await simulation.run({ flow: id, inputs: { who: 'Ada' } });
        if (status !== 'success') throw new Error(`The flow failed: ${error?.message}`);
      }
    }
  });
  yield {
    kind: 'figure',
    workload,
    what: `read and simulate 300 flows of ${FILES} exports`,
    unit: 'ns',
    value,
    target: null,
  };
});
