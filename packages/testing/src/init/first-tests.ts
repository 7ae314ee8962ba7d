/** First tests of a deck: each flow is simulated, and what came of it is written down. */
import { type DeckDocument, FlowdeckError, type FlowEvent, type FlowFile, type Pack } from '@flowdeck/engine';
import { type DeckFlow, flowsOf, isPlainObject } from '@flowdeck/engine/kit';
import { readSuite } from '../cases/read.js';
import { doubles } from '../doubles/adapter.js';
import { simulatedDeck } from '../doubles/signatures.js';
import { simulate } from '../doubles/simulate.js';
import { mocksOf } from '../mocks/record.js';
import { failureLines } from '../report/failure-text.js';
import type { CaseRun } from '../run/outcome.js';
import { runCase } from '../run/run-case.js';
import { expectationOf } from './expectation-of.js';

/** What first tests are made of. */
export interface FirstTestsOptions {
  /** Packs with real cards. */
  readonly packs: readonly Pack[];
  /** How the file of tests names the deck. */
  readonly subject: string;
}

/** What became of one flow. */
export interface FirstTest {
  /** Id of the flow. */
  readonly flow: string;
  /** What people call it. */
  readonly name: string;
  /** `written`: it has a test. `error`: it has one, which expects an error. `left-out`: it has none. */
  readonly outcome: 'written' | 'error' | 'left-out';
  /** Why it has none, or what error is expected. */
  readonly why: string | null;
  /** What happened in the test; null without one. */
  readonly run: CaseRun | null;
}

/** A file of tests, and what became of each flow. */
export interface FirstTests {
  /** What the file holds. */
  readonly file: { readonly subject: string; readonly seed: string; readonly cases: readonly object[] };
  /** In the order of the deck. */
  readonly flows: readonly FirstTest[];
}

const SEED = 'first';

/**
 * Writes a first test for each flow. Values are made up; calls, results, rows and errors are what the flow makes of them.
 * Each test is run before it is written: one that does not pass is left out, and it is said why.
 *
 * @example
 * const { file, flows } = await firstTests(deck, { packs: [standard], subject: 'accounts.flopack' });
 */
export async function firstTests(
  document: DeckDocument | FlowFile,
  { packs, subject }: FirstTestsOptions,
): Promise<FirstTests> {
  const maker = new Maker(document, packs, subject);
  const made: MadeTest[] = [];
  for (const flow of flowsOf(document)) made.push(await maker.make(flow));
  const names = made.map(({ told }) => told.name);
  const isTaken = (name: string) => names.filter((each) => each === name).length > 1;
  const cases = made.flatMap(({ entry, told: { flow, name } }) =>
    entry === null ? [] : [{ ...entry, id: isTaken(name) ? `${name} (${flow})` : name }],
  );
  return { file: { subject, seed: SEED, cases }, flows: made.map(({ told }) => told) };
}

interface MadeTest {
  readonly entry: object | null;
  readonly told: FirstTest;
}

class Maker {
  readonly #document: FlowFile;
  readonly #packs: readonly Pack[];
  readonly #subject: string;
  readonly #adapter: ReturnType<typeof doubles>;

  constructor(document: FlowFile, packs: readonly Pack[], subject: string) {
    this.#document = simulatedDeck(document, packs).deck;
    this.#packs = packs.map(({ connectors: _, ...pack }) => pack);
    this.#subject = subject;
    this.#adapter = doubles({ packs });
  }

  async make(flow: DeckFlow): Promise<MadeTest> {
    const told = { flow: flow.id, name: flow.name ?? flow.id };
    const leftOut = (why: string): MadeTest => ({
      entry: null,
      told: { ...told, outcome: 'left-out', why, run: null },
    });
    try {
      const given = await this.#simulated(flow);
      const seen = await this.#tried({ ...given, expect: { status: 'success' } });
      if (seen.run === undefined) return leftOut(seen.why);
      const entry = { ...given, expect: expectationOf(seen.run) };
      const checked = await this.#tried(entry);
      if (checked.run === undefined || checked.why !== '') return leftOut(checked.why);
      const { error } = checked.run.observed;
      const why = error === null ? null : String(error['message']);
      return { entry, told: { ...told, outcome: error === null ? 'written' : 'error', why, run: checked.run } };
    } catch (error) {
      if (!(error instanceof FlowdeckError)) throw error;
      return leftOut(error.message);
    }
  }

  /** A case with the inputs, rows and answers of a simulated run. */
  async #simulated(flow: DeckFlow) {
    const inputs: { inputs?: object; options?: object } = {};
    const onEvent = (event: FlowEvent) => {
      if (event.type === 'execution' && event.phase === 'started' && event.kind === 'root') {
        if (event.inputs !== null) inputs.inputs = event.inputs;
      }
    };
    const { run } = simulate(this.#document, { packs: this.#packs, seed: SEED });
    const { effects, madeRows } = await run({ flow: flow.id, onEvent });
    const mocks = mocksOf(effects);
    return {
      id: flow.name ?? flow.id,
      run: flow.id,
      ...(isPlainObject(inputs.inputs) && Object.keys(inputs.inputs).length > 0 ? { inputs: inputs.inputs } : {}),
      ...(Object.keys(madeRows).length === 0 ? {} : { tables: madeRows }),
      ...(mocks.length === 0 ? {} : { mocks }),
    };
  }

  /** `why`: the first thing that is not as expected; empty: nothing. */
  async #tried(entry: object): Promise<{ readonly run?: CaseRun; readonly why: string }> {
    const suite = readSuite({ subject: this.#subject, seed: SEED, cases: [entry] }, 'first.test.json');
    const [only] = suite.cases;
    if (only === undefined) return { why: 'there is no case' };
    const document = () => this.#document;
    const { run, failures } = await runCase(suite, only, this.#adapter, { listening: 'heard', subjects: { document } });
    const [first] = failures;
    return { ...(run === undefined ? {} : { run }), why: first === undefined ? '' : failureLines(first).join(' ') };
  }
}
