/** `flowdeck import`: writes an export as a directory of flow files. */
import { printDocument } from '@flowdeck/engine';
import type { Command } from '../command.js';
import { openCatalogue } from '../engine/engine.js';
import { FaultyDeck, type FileDiagnostic, UsageError } from '../errors.js';
import { EXIT } from '../exit.js';
import { paletteFor } from '../output/colour.js';
import { diagnosticData, diagnosticText } from '../output/diagnostics.js';
import { count, plain, prettyJson } from '../output/text.js';
import { readExport } from '../project/export.js';
import { readJsonFile } from '../project/file.js';
import { ORIGINALS, splitDeck } from '../project/split.js';
import { flowFiles, kindOf, makeDirectory, removeFile, writeText } from '../system/files.js';
import type { Io } from '../system/io.js';
import { join } from '../system/node.js';

export const importExport: Command = async (args, io) => {
  const target = args.value('output');
  if (target === undefined) {
    throw new UsageError('output-missing', '"flowdeck import" needs a directory to write to.', {
      hint: 'Add -o DIR.',
    });
  }
  const packs = args.values('pack');
  const json = await readJsonFile(args.operand, io);
  const { inspectDocument } = await import('@flowdeck/flopack');
  const { document, originals, ...exported } = await readExport(json, { packs, lenient: args.has('lenient') }, io);
  const found = exported.diagnostics.map((each) => ({ ...each, file: args.operand }));
  if (document === null) throw new FaultyDeck(found);
  clearTarget(target, args.has('force'), io);
  const files = splitDeck(document).map(({ name, content }) => ({ name, text: printDocument(content) }));
  if (originals) files.push({ name: ORIGINALS, text: `${JSON.stringify(originals)}\n` });
  makeDirectory(target, io);
  for (const file of files) writeText(join(target, file.name), file.text, io);

  const known = (await openCatalogue(packs, io)).cards.map(({ card }) => card.id);
  const { cards, missing } = inspectDocument(document, new Set(known));
  const totals = {
    flows: document.flows.length,
    cards: Object.values(cards).reduce((sum, number) => sum + number, 0),
    tables: document.tables?.length ?? 0,
  };
  if (args.has('json')) {
    const names = files.map((file) => file.name);
    const diagnostics = found.map(diagnosticData);
    io.stdout.write(`${prettyJson({ ok: true, directory: target, files: names, ...totals, missing, diagnostics })}\n`);
  } else tellImported(target, totals, missing, found, io);
  return EXIT.ok;
};

/** @throws UsageError `output-exists`: what stands in the directory may have been edited. */
function clearTarget(target: string, force: boolean, io: Io): void {
  let present: readonly string[];
  try {
    present = kindOf(target, io) === 'directory' ? flowFiles(target, io) : [target];
  } catch {
    return;
  }
  if (present.length > 0 && !force) {
    throw new UsageError('output-exists', `${JSON.stringify(target)} holds flow files already.`, {
      at: { file: target },
      hint: 'Name a new directory, or replace the flow files in this one: --force',
    });
  }
  // A flow that the export no longer has must not stay behind.
  for (const path of present) removeFile(path, io);
}

function tellImported(
  target: string,
  { flows, cards, tables }: { readonly flows: number; readonly cards: number; readonly tables: number },
  missing: Readonly<Record<string, readonly string[]>>,
  diagnostics: readonly FileDiagnostic[],
  io: Io,
): void {
  const palette = paletteFor(io.stderr, io.env);
  for (const diagnostic of diagnostics) {
    if (diagnostic.severity !== 'info') io.stderr.write(diagnosticText(diagnostic, palette));
  }
  const { green, dim } = paletteFor(io.stdout, io.env);
  const totals = `${count(flows, 'flow')}, ${count(cards, 'card')}, ${count(tables, 'table')}`;
  io.stdout.write(`${green('✓ imported')}: ${totals} to ${plain(target)}\n`);
  const namespaces = Object.entries(missing).map(([name, ids]) => `${name} (${count(ids.length, 'card')})`);
  if (namespaces.length > 0)
    io.stdout.write(dim(`  without a pack, so for --simulate only: ${namespaces.join(', ')}\n`));
}
