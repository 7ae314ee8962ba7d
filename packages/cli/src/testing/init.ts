/** `flowdeck test --init`: writes first tests of an export, or of flow files. */
import type { FirstTest } from '@flowdeck/testing';
import type { Arguments } from '../arguments.js';
import { openPacks } from '../engine/engine.js';
import { FaultyDeck, UsageError } from '../errors.js';
import { EXIT } from '../exit.js';
import { paletteFor } from '../output/colour.js';
import { count, plain, prettyJson } from '../output/text.js';
import { neededNamespaces } from '../project/needs.js';
import { readProject } from '../project/read.js';
import { isConnector, kindOf, makeDirectory, TESTS, writeText } from '../system/files.js';
import type { Io } from '../system/io.js';
import { basename, dirname, existsSync, extname, join, resolve } from '../system/node.js';

/** @throws UsageError `operands`, `output-exists`, and what reading the file throws; FaultyDeck. */
export async function initTests(args: Arguments, io: Io): Promise<number> {
  const [path, ...more] = args.operands;
  if (path === undefined || more.length > 0) {
    throw new UsageError('operands', '--init needs one export or flow file.', { hint: 'flowdeck test --init EXPORT' });
  }
  const { file, subject } = placeFor(path, io);
  if (existsSync(resolve(io.cwd, file))) {
    throw new UsageError('output-exists', `${file} is there already.`, { hint: 'Move it away, or add to it by hand.' });
  }
  const project = await readProject(path, io, args.values('pack'));
  const faults = project.diagnostics.filter(({ severity }) => severity === 'error');
  if (faults.length > 0) throw new FaultyDeck(faults);
  const packs = await openPacks({ packs: args.values('pack'), namespaces: neededNamespaces(project) }, io);
  const { coverageOf, firstTests } = await import('@flowdeck/testing');
  const { deck } = project;
  const tests = await firstTests(deck, { packs, subject });
  const hasTests = tests.file.cases.length > 0;
  if (hasTests) {
    makeDirectory(dirname(file), io);
    writeText(file, `${prettyJson(tests.file)}\n`, io);
  }
  const exit = hasTests ? EXIT.ok : EXIT.failed;
  const types = new Map(packs.flatMap((pack) => (pack.cards ?? []).map((card) => [card.id, card] as const)));
  const runs = tests.flows.flatMap(({ runs }) => runs);
  const coverage = coverageOf([{ subject, document: deck, runs }], types);
  if (args.has('json')) {
    const flows = tests.flows.map(({ runs, ...told }) => ({ ...told, tests: runs.length }));
    io.stdout.write(`${prettyJson({ file: hasTests ? file : null, flows, coverage })}\n`);
    return exit;
  }
  const { dim } = paletteFor(io.stdout, io.env);
  for (const each of tests.flows) io.stdout.write(flowLine(each, io));
  for (const { name, missing } of coverage.flows) {
    const cards = missing.filter(({ kind }) => kind === 'card').map(({ card }) => plain(card));
    if (cards.length > 0) io.stdout.write(dim(`  ${plain(name)}: no test runs ${cards.join(', ')}\n`));
  }
  const { cards } = coverage;
  const total = `${count(tests.file.cases.length, 'test')}, which run ${cards.covered} of ${count(cards.total, 'card')}`;
  io.stdout.write(hasTests ? `\n${file}: ${total}\n` : '\nNo test could be written.\n');
  return exit;
}

/** Where first tests lie, and the way from there to what they are about. */
function placeFor(path: string, io: Io): { readonly file: string; readonly subject: string } {
  if (isConnector(path, io)) return { file: join(path, TESTS, FIRST), subject: '..' };
  if (kindOf(path, io) === 'directory') return { file: join(path, FIRST), subject: '.' };
  return { file: join(dirname(path), `${nameOf(path)}.test.json`), subject: basename(path) };
}

const FIRST = 'first.test.json';

function flowLine({ name, outcome, why, runs }: FirstTest, io: Io): string {
  const { green, yellow, red } = paletteFor(io.stdout, io.env);
  if (outcome === 'left-out') return `${red('-')} ${plain(name)}: no test: ${plain(why ?? '')}\n`;
  const calls = runs.reduce((sum, { observed }) => sum + (observed.border?.effects.length ?? 0), 0);
  const steps = runs.reduce((sum, { observed }) => sum + observed.steps, 0);
  const ways = runs.length > 1 ? `${runs.length} tests, ` : '';
  const pinned = `${ways}${count(calls, 'call')}, ${count(steps, 'card')}`;
  if (outcome === 'error') return `${yellow('!')} ${plain(name)}: expects the error: ${plain(why ?? '')} (${pinned})\n`;
  return `${green('✓')} ${plain(name)}: ${pinned}\n`;
}

function nameOf(path: string): string {
  return basename(path)
    .replace(/\.flow\.json$/, '')
    .replace(new RegExp(`\\${extname(path) || '.none'}$`), '');
}
