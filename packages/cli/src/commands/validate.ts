/** `flowdeck validate`: checks flow files. */
import type { FlowFile } from '@flowdeck/engine';
import { type CardNode, flowsOf } from '@flowdeck/engine/kit';
import { checkProject } from '../check/check.js';
import type { Command } from '../command.js';
import { type FileDiagnostic, UsageError } from '../errors.js';
import { EXIT } from '../exit.js';
import { paletteFor } from '../output/colour.js';
import { diagnosticData, diagnosticText } from '../output/diagnostics.js';
import { count, prettyJson } from '../output/text.js';
import { isExportName } from '../project/file.js';
import { readProject } from '../project/read.js';
import { flowFiles, isConnector, kindOf, list } from '../system/files.js';
import type { Io } from '../system/io.js';
import { join } from '../system/node.js';

export const validate: Command = async (args, io) => {
  const totals = { files: 0, flows: 0, cards: 0 };
  const diagnostics: FileDiagnostic[] = [];
  const simulated = new Set<string>();
  for (const path of targets(args.operands, io)) {
    const project = await readProject(path, io, args.values('pack'));
    totals.files += project.files.length;
    const checked = await checkProject(project, { packs: args.values('pack'), lint: args.has('lint') }, io);
    diagnostics.push(...checked.diagnostics);
    for (const id of checked.simulated) simulated.add(id);
    if (checked.document) countIn(checked.document, totals);
  }
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 'error').length;
  const ok = errors === 0;
  if (args.has('json'))
    io.stdout.write(
      `${prettyJson({ ok, ...totals, simulated: [...simulated], diagnostics: diagnostics.map(diagnosticData) })}\n`,
    );
  else {
    const palette = paletteFor(io.stderr, io.env);
    for (const diagnostic of diagnostics) io.stderr.write(diagnosticText(diagnostic, palette));
    const { green, red, dim } = paletteFor(io.stdout, io.env);
    const checked = `${count(totals.files, 'file')}, ${count(totals.flows, 'flow')}, ${count(totals.cards, 'card')}`;
    const warnings = diagnostics.filter((diagnostic) => diagnostic.severity === 'warning').length;
    const more = warnings > 0 ? `, ${count(warnings, 'warning')}` : '';
    io.stdout.write(`${ok ? green('✓ ok') : red(`✗ ${count(errors, 'error')}`)}: ${checked}${more}\n`);
    if (simulated.size > 0) {
      io.stdout.write(dim(`  without a pack, so for --simulate only: ${[...simulated].join(', ')}\n`));
    }
  }
  return ok ? EXIT.ok : EXIT.document;
};

/** Files as they were given; for a directory, every directory in it that holds flow files, and every export. */
function targets(paths: readonly string[], io: Io): readonly string[] {
  const found: string[] = [];
  for (const path of paths) {
    if (kindOf(path, io) === 'file') found.push(path);
    else {
      const inside = targetsIn(path, io);
      if (inside.length === 0) {
        throw new UsageError('no-flows', `The directory ${JSON.stringify(path)} holds no flow files.`, {
          at: { file: path },
          hint: 'Flow files are named *.flow.json, exports *.flopack, *.flow or *.folder.',
        });
      }
      found.push(...inside);
    }
  }
  return [...new Set(found)];
}

function targetsIn(path: string, io: Io): string[] {
  if (isConnector(path, io)) return [path];
  const found = flowFiles(path, io).length > 0 ? [path] : [];
  for (const entry of list(path, io)) {
    if (!entry.isDirectory() && isExportName(entry.name)) found.push(join(path, entry.name));
    // Links are not followed: they may lead round in circles.
    if (!entry.isDirectory() || entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    found.push(...targetsIn(join(path, entry.name), io));
  }
  return found;
}

function countIn(document: FlowFile, totals: { flows: number; cards: number }): void {
  for (const flow of flowsOf(document)) {
    totals.flows++;
    totals.cards += cardsIn(flow.cards);
  }
}

function cardsIn(cards: readonly CardNode[]): number {
  const inside = cards.flatMap((card) => Object.values(card.blocks ?? {})).map((block) => cardsIn(block.cards));
  return cards.length + inside.reduce((sum, number) => sum + number, 0);
}
