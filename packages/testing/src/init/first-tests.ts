/** First tests of a deck: each flow is simulated, and what came of it is written down. */
import { type DeckDocument, FlowdeckError, type FlowEvent, type FlowFile, type Pack } from '@flowdeck/engine';
import { type DeckFlow, fieldName, flowsOf, isPlainObject } from '@flowdeck/engine/kit';
import { readSuite } from '../cases/read.js';
import { doubles } from '../doubles/adapter.js';
import { simulatedDeck } from '../doubles/signatures.js';
import { simulate } from '../doubles/simulate.js';
import type { Simulation } from '../doubles/simulation.js';
import { mocksOf } from '../mocks/record.js';
import { failureLines } from '../report/failure-text.js';
import type { CaseRun } from '../run/outcome.js';
import { runCase } from '../run/run-case.js';
import { type Candidate, candidatesFor } from './candidates.js';
import { expectationOf, RETURNED_ERROR } from './expectation-of.js';
import { Gone } from './gone.js';

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
  /** `written`: it has tests. `error`: it has some, and they expect errors only. `left-out`: it has none. */
  readonly outcome: 'written' | 'error' | 'left-out';
  /** Why it has none, or what error is expected. */
  readonly why: string | null;
  /** What happened in each test. */
  readonly runs: readonly CaseRun[];
}

/** A file of tests, and what became of each flow. */
export interface FirstTests {
  /** What the file holds. */
  readonly file: { readonly subject: string; readonly seed: string; readonly cases: readonly object[] };
  /** In the order of the deck. */
  readonly flows: readonly FirstTest[];
}

const SEED = 'first';
/** Tests of one flow. */
const MOST_CASES = 8;

/**
 * Writes first tests for each flow. Values are made up; calls, results, rows and errors are what the flow makes of them. Several
 * are tried, and those that go another way are kept. Each is run before it is written: one that does not pass is left out.
 *
 * @example
 * const { file, flows } = await firstTests(deck, { packs: [standard], subject: 'accounts.flopack' });
 */
export async function firstTests(
  document: DeckDocument | FlowFile,
  { packs, subject }: FirstTestsOptions,
): Promise<FirstTests> {
  const maker = new Maker(document, packs, subject);
  const made: MadeTests[] = [];
  for (const flow of flowsOf(document)) made.push(await maker.make(flow));
  const names = made.map(({ told }) => told.name);
  const isTaken = (name: string) => names.filter((each) => each === name).length > 1;
  const cases = made.flatMap(({ entries, told: { flow, name } }) => {
    const own = isTaken(name) ? `${name} (${flow})` : name;
    return entries.map((entry, index) => ({ ...entry, id: index === 0 ? own : `${own}, way ${index + 1}` }));
  });
  return { file: { subject, seed: SEED, cases }, flows: made.map(({ told }) => told) };
}

interface MadeTests {
  readonly entries: readonly object[];
  readonly told: FirstTest;
}

/** A test that passes. */
interface SoundTest {
  readonly entry: object;
  readonly run: CaseRun;
}

class Maker {
  readonly #document: DeckDocument;
  readonly #packs: readonly Pack[];
  readonly #subject: string;
  readonly #adapter: ReturnType<typeof doubles>;
  readonly #gone: Gone;
  readonly #isCall: (card: string) => boolean;
  /** One for each way: all flows are simulated in it. */
  readonly #simulations = new Map<string, Simulation>();

  constructor(document: FlowFile, packs: readonly Pack[], subject: string) {
    const { deck, simulated } = simulatedDeck(document, packs);
    this.#document = deck;
    this.#packs = packs;
    this.#subject = subject;
    this.#adapter = doubles({ packs });
    this.#gone = new Gone(deck, packs);
    this.#isCall = (card) => simulated.includes(card);
  }

  async make(flow: DeckFlow): Promise<MadeTests> {
    const told = { flow: flow.id, name: flow.name ?? flow.id };
    const kept: SoundTest[] = [];
    let failing: SoundTest | null = null;
    let why: string | null = null;
    for (const candidate of candidatesFor(flow, SEED, this.#isCall)) {
      if (kept.length === MOST_CASES || this.#gone.isWhole(flow.id)) break;
      const found = await this.#tryOut(flow, candidate);
      if (found === null) continue;
      if (typeof found === 'string') why ??= found;
      else if (!isMeant(found.run)) failing ??= found;
      else {
        this.#gone.add(flow.id, found.run);
        kept.push(found);
      }
    }
    // An error that only made-up values lead to is worth a test where there is no other.
    const tests = kept.length === 0 && failing !== null ? [failing] : kept;
    const runs = tests.map(({ run }) => run);
    if (runs.length === 0) return { entries: [], told: { ...told, outcome: 'left-out', why, runs } };
    const error = runs.every(({ observed }) => observed.error !== null) ? runs[0]?.observed.error : null;
    const outcome = error ? 'error' : 'written';
    return {
      entries: tests.map(({ entry }) => entry),
      told: { ...told, outcome, why: error ? String(error['message']) : null, runs },
    };
  }

  /** A test of the flow in one way that passes; else why there is none. Null: it goes no other way than those that are there. */
  async #tryOut(flow: DeckFlow, candidate: Candidate): Promise<SoundTest | string | null> {
    try {
      const given = await this.#simulated(flow, candidate);
      const seen = await this.#tried({ ...given, expect: { status: 'success' } });
      if (seen.run === undefined) return seen.why;
      if (!this.#gone.isFurther(flow.id, seen.run)) return null;
      const entry = { ...given, expect: expectationOf(seen.run) };
      const checked = await this.#tried(entry);
      return checked.run === undefined || checked.why !== '' ? checked.why : { entry, run: checked.run };
    } catch (error) {
      if (!(error instanceof FlowdeckError)) throw error;
      return error.message;
    }
  }

  #simulationFor({ seed, values, mocks }: Candidate): Simulation {
    const key = JSON.stringify([seed, values, mocks]);
    const known = this.#simulations.get(key) ?? simulate(this.#document, { packs: this.#packs, seed, values, mocks });
    // A refusal is of one flow.
    if (mocks.length === 0) this.#simulations.set(key, known);
    return known;
  }

  /** A case with the inputs, rows and answers of a simulated run. */
  async #simulated(flow: DeckFlow, candidate: Candidate) {
    let started: Readonly<Record<string, unknown>> = {};
    const onEvent = (event: FlowEvent) => {
      if (
        event.type === 'execution' &&
        event.phase === 'started' &&
        event.kind === 'root' &&
        isPlainObject(event.inputs)
      )
        started = event.inputs;
    };
    const { effects, madeRows } = await this.#simulationFor(candidate).run({ flow: flow.id, onEvent });
    const mocks = mocksOf(effects);
    return {
      id: flow.name ?? flow.id,
      run: flow.id,
      ...(candidate.seed === SEED ? {} : { seed: candidate.seed }),
      ...givenTo(flow, started),
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

/** Events tell options beside inputs; a case keeps them apart. What is empty is left out. */
function givenTo({ options = [] }: DeckFlow, started: Readonly<Record<string, unknown>>): object {
  const isOption = (name: string) => options.some((field) => fieldName(field) === name);
  const of = (which: boolean) =>
    Object.fromEntries(Object.entries(started).filter(([name]) => isOption(name) === which));
  const parts = Object.entries({ options: of(true), inputs: of(false) });
  return Object.fromEntries(parts.filter(([, values]) => Object.keys(values).length > 0));
}

/** True of a run that ended well, or with an error that the author of the flow wrote. */
function isMeant({ observed: { status, error } }: CaseRun): boolean {
  return status !== 'error' || error?.['code'] === RETURNED_ERROR;
}
