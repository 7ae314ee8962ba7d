/** Tests of a deck for any test runner: each case has a name and a function that throws when it fails. */
import { FlowdeckError, type Pack } from '@flowdeck/engine';
import { readSuite } from '../cases/read.js';
import type { TestingCode } from '../codes.js';
import { doubles } from '../doubles/adapter.js';
import { runCase } from '../run/run-case.js';
import { failureText } from './failure-text.js';
import { caseReport } from './report.js';
import type { CaseReport } from './types.js';

/** What tests of a deck need. */
export interface TestDeckOptions {
  /** Packs with real cards, such as `standard`. What they do not bring is answered by mocks. */
  readonly packs: readonly Pack[];
  /** Name of the file of cases, for messages. Default `cases`. */
  readonly file?: string;
  /** Milliseconds of real time for one case. Default 10,000. */
  readonly timeoutMs?: number;
}

/** One case as a test. */
export interface DeckTest {
  /** The suite and the id of the case. */
  readonly name: string;
  /** Why it is not run; null: it is. */
  readonly skip: string | null;
  /** Runs the case, and gives what came of it. */
  report(): Promise<CaseReport>;
  /** Runs the case. Rejects with `test-failed`, and what is not as expected, when it fails. */
  run(): Promise<void>;
}

/**
 * The cases of a file as tests of a deck.
 *
 * @param document The deck, or a flow. Cases that name a subject are run on it.
 * @param cases What the file of cases holds, as JSON.
 * @throws DocumentError `case-invalid`, with every fault of the file.
 * @example
 * for (const { name, run } of testDeck(deck, cases, { packs: [standard] })) test(name, run);
 */
export function testDeck(document: unknown, cases: unknown, options: TestDeckOptions): readonly DeckTest[] {
  const { packs, file = 'cases', timeoutMs } = options;
  const suite = readSuite(withSubject(cases), file);
  const adapter = doubles({ packs });
  return suite.cases.map((entry) => {
    const report = async () =>
      caseReport(
        await runCase(suite, entry, adapter, {
          listening: 'heard',
          subjects: { document: () => document },
          ...(timeoutMs === undefined ? {} : { timeoutMs }),
        }),
      );
    return {
      name: `${suite.suite}/${entry.id}`,
      skip: entry.skip ?? null,
      report,
      async run() {
        const result = await report();
        if (result.status === 'failed') throw new FlowdeckError<TestingCode>('test-failed', failureText(result));
      },
    };
  });
}

/** The deck that is given is the subject of cases that name none. */
function withSubject(cases: unknown): unknown {
  return typeof cases === 'object' && cases !== null ? { subject: '.', ...cases } : cases;
}
