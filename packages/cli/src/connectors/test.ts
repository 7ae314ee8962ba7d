/** `flowdeck connector test DIR`: holds a connector against the rules, and runs its tests. */

import { standard } from '@flowdeck/cards';
import { readConnectorDirectory } from '@flowdeck/connect/node';
import { DocumentError } from '@flowdeck/engine';
import { JsonText } from '@flowdeck/engine/kit';
import { type CaseReport, failureText, testDeck } from '@flowdeck/testing';
import type { Arguments } from '../arguments.js';
import { checkProject } from '../check/check.js';
import { loadPacks } from '../engine/packs.js';
import { FaultyDeck, type FileDiagnostic, UsageError } from '../errors.js';
import { EXIT } from '../exit.js';
import { paletteFor } from '../output/colour.js';
import { diagnosticText } from '../output/diagnostics.js';
import { count, plain, prettyJson } from '../output/text.js';
import { readProject } from '../project/read.js';
import { readText } from '../system/files.js';
import type { Io } from '../system/io.js';
import { resolve } from '../system/node.js';
import { directoryDeck } from './new.js';

export async function testConnector(path: string, args: Arguments, io: Io): Promise<number> {
  const packs = args.values('pack');
  const { diagnostics } = await checkProject(await readProject(path, io), { packs, lint: false }, io);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new FaultyDeck(diagnostics);
  const deck = directoryDeck(path, io);
  const { tests } = readConnectorDirectory(resolve(io.cwd, path));
  if (tests.length === 0) {
    throw new UsageError('connector-untested', `${JSON.stringify(path)} has no tests.`, {
      hint: 'Write some in tests/*.test.json: see the tutorial of connectors.',
    });
  }
  const named = await loadPacks(packs, io);
  const reports: CaseReport[] = [];
  for (const file of tests) {
    const cases = testDeck(deck, await casesIn(file, io), { packs: [standard, ...named], file });
    for (const each of cases) reports.push(await each.report());
  }
  tellTests(path, reports, diagnostics, args, io);
  return reports.some(({ status }) => status === 'failed') ? EXIT.failed : EXIT.ok;
}

async function casesIn(file: string, io: Io): Promise<unknown> {
  const json = new JsonText(await readText(file, io), { file });
  if (json.value === undefined) throw new DocumentError(json.diagnostics, { subject: file });
  return json.value;
}

function tellTests(
  path: string,
  reports: readonly CaseReport[],
  warnings: readonly FileDiagnostic[],
  args: Arguments,
  io: Io,
): void {
  const of = (status: CaseReport['status']) => reports.filter((each) => each.status === status);
  const totals = { passed: of('passed').length, failed: of('failed').length, skipped: of('skipped').length };
  if (args.has('json')) {
    const cases = reports.map(({ run: _, ...report }) => report);
    io.stdout.write(`${prettyJson({ ok: totals.failed === 0, ...totals, cases })}\n`);
    return;
  }
  const { green, red } = paletteFor(io.stdout, io.env);
  for (const warning of warnings) io.stderr.write(diagnosticText(warning, paletteFor(io.stderr, io.env)));
  for (const failed of of('failed')) io.stdout.write(`${red('✗')} ${plain(failureText(failed))}\n`);
  const mark = totals.failed === 0 ? green('✓') : red('✗');
  io.stdout.write(
    `${mark} ${plain(path)}: ${count(totals.passed, 'test')} passed, ${totals.failed} failed${totals.skipped > 0 ? `, ${totals.skipped} skipped` : ''}\n`,
  );
}
