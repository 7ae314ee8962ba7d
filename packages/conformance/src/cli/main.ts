/** The command `flowdeck-conformance`: arguments in, report out. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { FlowdeckError } from '@flowdeck/engine';
import type { CaseResult, Suite } from '@flowdeck/testing';
import type { ConformanceCode } from '../codes.js';
import { shownCards } from '../pack/shown.js';
import { findSuites } from '../suites.js';
import { suitePage, writeReport } from './page.js';
import { countOf, describeSuite, describeTotal } from './report.js';
import { type Runner, runnerFor, runnerHere } from './runner.js';

export const EXIT = { passed: 0, failed: 1, usage: 2 } as const;

const HELP = `flowdeck-conformance [options] [file or folder ...]

Runs conformance cases against Flowdeck; without files, the cases that this package brings along.

  --pack NAME   checks a pack, and runs the cases with it: a package, a path such as ./dist/index.js, or the directory
                of a connector, whose rules and tests are checked too; repeatable
  --only TEXT   runs only cases whose suite/id, and checks whose card and promise contain the text
  --report FILE also writes a page: what failed first, expected beside actual
  --json        prints the results as JSON
  --help        prints this

Packs that cases need are loaded by themselves where they are installed: @flowdeck/connector-NAME or flowdeck-NAME.
A pack named with --pack runs in a process of its own, and what takes longer than 20 seconds there fails.
Exits with 0 when all cases pass, 1 when one fails, cannot be read or could not run for want of a pack, 2 when it cannot begin.
`;

export interface Io {
  readonly folder: string;
  out(text: string): void;
  err(text: string): void;
}

/** Codes of a pack that is there, and wrong. */
const FAULTY: ReadonlySet<string> = new Set(['pack-check', 'pack-invalid']);

/** Runs the command. Returns the exit code. */
export async function main(args: readonly string[], io: Io): Promise<number> {
  try {
    return await run(args, io);
  } catch (error) {
    if (!(error instanceof FlowdeckError)) throw error;
    io.err(`${error.message}${error.hint === undefined ? '' : `\n${error.hint}`}\n`);
    return FAULTY.has(error.code) ? EXIT.failed : EXIT.usage;
  }
}

async function run(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseCommand(args);
  if (values.help) {
    io.out(HELP);
    return EXIT.passed;
  }
  const only = values.only ?? '';
  const sources = positionals.length === 0 ? ['builtin'] : positionals.map((source) => resolve(io.folder, source));
  const found = sources.map((source) => findSuites(source));
  const all = found.flatMap((each) => each.suites);
  const suites = all.filter((suite) => isChosen(suite, only));
  const named = values.pack ?? [];
  const runner = await (named.length === 0
    ? runnerHere(packsOf(suites), io.folder)
    : runnerFor({ packs: named, wanted: packsOf(suites), shown: [...shownCards(all)], folder: io.folder }));
  try {
    const faults = found.flatMap((each) => each.faults);
    const results: CaseResult[] = [];
    for await (const [name, part] of resultsOf(runner, suites, only)) {
      results.push(...part);
      if (!values.json) io.out(`${describeSuite(name, part)}\n`);
    }
    for (const { message } of faults) io.err(`FAIL ${message}\n`);
    if (values.report !== undefined) {
      const page = await suitePage(
        results,
        faults.map(({ message }) => message),
      );
      writeReport(resolve(io.folder, values.report), page);
    }
    const count = countOf(results);
    const total = new Set(results.map(({ suite }) => suite)).size;
    io.out(
      values.json
        ? `${JSON.stringify({ engine: 'flowdeck', ...count, faults: faults.map((fault) => fault.toJSON()), results }, null, 2)}\n`
        : `${describeTotal(total, count)}\n`,
    );
    if (results.length === 0 && faults.length === 0) {
      io.err('No case has such a name.\n');
      return EXIT.usage;
    }
    const absent = new Set(packsOf(suites).filter((namespace) => !runner.namespaces.includes(namespace)));
    if (absent.size > 0) {
      io.err(
        `Cases were not run for want of the packs ${[...absent].join(', ')}: install them, or name them with --pack.\n`,
      );
    }
    return count.failed === 0 && absent.size === 0 && faults.length === 0 ? EXIT.passed : EXIT.failed;
  } finally {
    runner.end();
  }
}

/** First what the packs promise, card by card, then the cases, suite by suite. */
async function* resultsOf(
  runner: Runner,
  suites: readonly Suite[],
  only: string,
): AsyncGenerator<readonly [name: string, results: readonly CaseResult[]]> {
  const checks = runner.checks.filter(({ subject, promise }) => `${subject} ${promise}`.includes(only));
  for (const subject of new Set(checks.map((check) => check.subject))) {
    const results: CaseResult[] = [];
    for (const check of checks) if (check.subject === subject) results.push(await check.run());
    yield [subject, results];
  }
  for (const suite of suites) {
    const results: CaseResult[] = [];
    for (const entry of suite.cases) {
      if (`${suite.suite}/${entry.id}`.includes(only)) results.push(await runner.runCase(suite, entry));
    }
    yield [suite.suite, results];
  }
}

/** Namespaces that the cases need. */
function packsOf(suites: readonly Suite[]): readonly string[] {
  return suites.flatMap(({ packs = [] }) => packs);
}

function isChosen({ suite, cases }: Suite, only: string): boolean {
  return cases.some(({ id }) => `${suite}/${id}`.includes(only));
}

/** @throws FlowdeckError `usage`, with the help as its hint. */
export function parseCommand(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        pack: { type: 'string', multiple: true },
        only: { type: 'string' },
        report: { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new FlowdeckError<ConformanceCode>('usage', reason, { cause, hint: HELP });
  }
}
