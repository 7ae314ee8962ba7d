/** The command `flowdeck-conformance`: arguments in, report out. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { FlowdeckError } from '@flowdeck/engine';
import { type CaseResult, runCases, type Suite } from '@flowdeck/testing';
import type { ConformanceCode } from '../codes.js';
import { flowdeckAdapter } from '../engine/index.js';
import { services } from '../services.js';
import { loadSuites } from '../suites.js';
import { loadNeeded, loadPack } from './packs.js';
import { countOf, describeSuite, describeTotal } from './report.js';

export const EXIT = { passed: 0, failed: 1, usage: 2 } as const;

const HELP = `flowdeck-conformance [options] [file or folder ...]

Runs conformance cases against Flowdeck; without files, the cases that this package brings along.

  --pack NAME   loads a pack beside the standard cards: a package, or a path such as ./dist/index.js; repeatable
  --only TEXT   runs only cases whose suite/id contains the text
  --json        prints the results as JSON
  --help        prints this

Packs that cases need are loaded by themselves where they are installed: @flowdeck/connector-NAME or flowdeck-NAME.
Exits with 0 when all cases pass, 1 when one fails or could not run for want of a pack, 2 when it cannot begin.
`;

export interface Io {
  readonly folder: string;
  out(text: string): void;
  err(text: string): void;
}

/** Runs the command. Returns the exit code. */
export async function main(args: readonly string[], io: Io): Promise<number> {
  try {
    return await run(args, io);
  } catch (error) {
    if (!(error instanceof FlowdeckError)) throw error;
    io.err(`${error.message}${error.hint === undefined ? '' : `\n${error.hint}`}\n`);
    return EXIT.usage;
  }
}

async function run(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseCommand(args);
  if (values.help) {
    io.out(HELP);
    return EXIT.passed;
  }
  const named = await Promise.all((values.pack ?? []).map((name) => loadPack(name, io.folder)));
  const sources = positionals.length === 0 ? ['builtin'] : positionals.map((source) => resolve(io.folder, source));
  const suites = sources.flatMap((source) => loadSuites(source));
  const known = flowdeckAdapter({ packs: named }).namespaces;
  const wanted = suites.filter((suite) => isChosen(suite, values.only ?? '')).flatMap(({ packs = [] }) => packs);
  const missing = wanted.filter((namespace) => !known.includes(namespace));
  const adapter = flowdeckAdapter({ packs: [...named, ...(await loadNeeded(missing, io.folder))] });
  const all: CaseResult[] = [];
  let ran = 0;
  for (const suite of suites) {
    const results: CaseResult[] = [];
    for await (const result of runCases(suite, adapter, { only: values.only ?? '', services })) results.push(result);
    if (results.length === 0) continue;
    ran++;
    all.push(...results);
    if (!values.json) io.out(`${describeSuite(suite.suite, results)}\n`);
  }
  const count = countOf(all);
  io.out(
    values.json
      ? `${JSON.stringify({ engine: adapter.name, ...count, results: all }, null, 2)}\n`
      : `${describeTotal(ran, count)}\n`,
  );
  if (all.length === 0) {
    io.err('No case has such a name.\n');
    return EXIT.usage;
  }
  const absent = new Set(missing.filter((namespace) => !adapter.namespaces.includes(namespace)));
  if (absent.size > 0) {
    io.err(
      `Cases were not run for want of the packs ${[...absent].join(', ')}: install them, or name them with --pack.\n`,
    );
  }
  return count.failed === 0 && absent.size === 0 ? EXIT.passed : EXIT.failed;
}

function isChosen({ suite, cases }: Suite, only: string): boolean {
  return cases.some(({ id }) => `${suite}/${id}`.includes(only));
}

function parseCommand(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        pack: { type: 'string', multiple: true },
        only: { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new FlowdeckError<ConformanceCode>('usage', reason, { cause, hint: HELP });
  }
}
