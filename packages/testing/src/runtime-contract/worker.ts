/** What a worker of the runtime contract holds: an engine whose effects are counted elsewhere, and the decks that it was told to have. */
import {
  type Clock,
  createEngine,
  type Deck,
  defineCard,
  definePack,
  type Engine,
  type Pack,
  RunError,
  type Runtime,
  systemClock,
} from '@flowdeck/engine';
import { CHANGED_DECK, CONTRACT_DECK } from './flows.js';
import { longCard } from './long.js';

/** What a worker is told by the contract, through its environment. */
export interface WorkerOrder {
  /** Where effects are counted. */
  readonly effects: string;
  /** Which of the two decks it holds. */
  readonly decks: readonly ('first' | 'changed')[];
  /** Version of the interpreter that it takes itself for. */
  readonly interpreter: string;
  /** Milliseconds by which its clock is wrong. */
  readonly clockOffset: number;
}

/** The environment variable that holds a `WorkerOrder`, as JSON. */
export const ORDER_VARIABLE = 'FLOWDECK_CONTRACT';

/** What the contract gives to a worker program. */
export interface ContractWorker {
  /** For the worker of the runtime. */
  readonly engine: Engine;
  /** The decks that the worker holds, by revision. */
  readonly decks: ReadonlyMap<string, Deck>;
  /** The version that the runtime is to keep with each run. */
  readonly interpreter: string;
  /** The engine's clock, for a runtime that asks one itself. */
  readonly clock: Clock;
  /** To be called when the worker takes runs. */
  ready(): void;
}

/** What a worker program hands in. */
export interface ContractWorkerOptions {
  /** With the standard cards. */
  readonly packs: readonly Pack[];
  /** For a runtime that the engine itself is given; it gets the clock of the engine. */
  readonly runtime?: (clock: Clock, interpreter: string) => Runtime | Promise<Runtime>;
}

/**
 * Makes what a worker program needs; it is started by the contract.
 *
 * @throws Error when the program was not started by the contract.
 * @example
 * const { engine, decks, interpreter, ready } = await contractWorker({ packs: [standard] });
 * await startMyWorker({ engine, decks, interpreter });
 * ready();
 */
export async function contractWorker({ packs, runtime }: ContractWorkerOptions): Promise<ContractWorker> {
  const order = readOrder();
  process.stdin.resume().once('end', () => process.exit());
  const clock = shifted(systemClock(), order.clockOffset);
  const counted = definePack({
    name: 'contract',
    namespace: 'contract',
    version: '1.0.0',
    cards: [effectCard(order.effects), countCard, awaitCard, longCard, lengthCard],
  });
  const own = runtime === undefined ? {} : { runtime: await runtime(clock, order.interpreter) };
  const engine = createEngine({ packs: [...packs, counted], ports: { clock, ...own } });
  const all = contractDecks(engine);
  const decks = new Map(order.decks.map((name) => [all[name].revision, all[name]]));
  return {
    engine,
    decks,
    interpreter: order.interpreter,
    clock,
    ready: () => void process.stdout.write(`ready ${all.first.revision} ${all.changed.revision}\n`),
  };
}

/** Both decks, loaded. */
function contractDecks(engine: Engine): { readonly first: Deck; readonly changed: Deck } {
  return { first: engine.load(CONTRACT_DECK), changed: engine.load(CHANGED_DECK) };
}

function readOrder(): WorkerOrder {
  const text = process.env[ORDER_VARIABLE];
  if (text === undefined) throw new Error(`A worker of the contract is started by it: ${ORDER_VARIABLE} is not set.`);
  return JSON.parse(text) as WorkerOrder; // the contract wrote it
}

function shifted(clock: Clock, offset: number): Clock {
  return {
    now: () => clock.now() + offset,
    elapsed: () => clock.elapsed(),
    after: (ms, wake) => clock.after(ms, wake),
    yield: () => clock.yield(),
  };
}

function effectCard(effects: string) {
  return defineCard({
    id: 'contract.effect',
    title: 'Effect',
    description: 'Is counted elsewhere; fails where it is told to.',
    kind: 'effect',
    inputs: [
      { key: 'value', type: 'any' },
      { key: 'fail', type: 'boolean' },
      { key: 'ballast', type: 'number' },
    ],
    outputs: [{ key: 'output', type: 'text' }],
    errors: { 'http-status': 'It was told to fail.' },
    async run(value, fail, ballast, ctx) {
      await (await fetch(`${effects}/${encodeURIComponent(ctx.key)}`, { method: 'POST' })).text();
      if (fail) throw new RunError<'http-status'>('http-status', 'Busy.', { statusCode: 503 });
      return { output: `${value}!${'x'.repeat(ballast ?? 0)}` };
    },
  });
}

const countCard = defineCard({
  id: 'contract.count',
  title: 'Count',
  description: 'An effect that costs nothing, so that a thousand of them show what the runtime costs.',
  kind: 'effect',
  inputs: [{ key: 'value', type: 'number' }],
  outputs: [{ key: 'output', type: 'number' }],
  run: async (value) => ({ output: value }),
});

const awaitCard = defineCard({
  id: 'contract.await',
  title: 'Await',
  description: 'Waits for a signal that nobody sends, for so many milliseconds.',
  kind: 'control',
  inputs: [{ key: 'ms', type: 'number', required: true }],
  outputs: [],
  errors: { timeout: 'The signal did not come.' },
  async run(ms, ctx) {
    await ctx.waitFor('never', ms);
    return {};
  },
});

const lengthCard = defineCard({
  id: 'contract.length',
  title: 'Length',
  description: 'How many characters a value has as JSON.',
  kind: 'pure',
  inputs: [{ key: 'value', type: 'any' }],
  outputs: [{ key: 'output', type: 'number' }],
  run: (value) => ({ output: JSON.stringify(value).length }),
});
