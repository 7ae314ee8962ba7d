/** `flowdeck export`: writes flow files as an export of the foreign format. */
import type { Command } from '../command.js';
import { knownCards } from '../engine/engine.js';
import { FaultyDeck, UsageError } from '../errors.js';
import { EXIT } from '../exit.js';
import { paletteFor } from '../output/colour.js';
import { diagnosticData, diagnosticText } from '../output/diagnostics.js';
import { count, plain, prettyJson } from '../output/text.js';
import { readJsonFile } from '../project/file.js';
import { readProject } from '../project/read.js';
import { ORIGINALS } from '../project/split.js';
import { kindOf, list, writeText } from '../system/files.js';
import type { Io } from '../system/io.js';
import { join } from '../system/node.js';

export const exportDeck: Command = async (args, io) => {
  const project = await readProject(args.operand, io, args.values('pack'));
  const { deck } = project;
  const { exportFlopack, isSideTable } = await import('@flowdeck/flopack');
  const beside = project.files[0].exported?.originals ?? (await originalsBeside(args.operand, isSideTable, io));
  const { flopack, rewritten, ...exported } = exportFlopack(deck, {
    cards: await knownCards(args.values('pack'), io),
    ...(beside === null ? {} : { originals: beside }),
  });
  const diagnostics = project.place(exported.diagnostics, deck);
  if (flopack === null) throw new FaultyDeck(diagnostics);
  const text = `${JSON.stringify(flopack)}\n`;
  const target = args.value('output');
  if (target === undefined) io.stdout.write(text);
  else writeText(target, text, io);

  const report = target === undefined ? io.stderr : io.stdout;
  const kept = deck.flows.length - rewritten.length;
  if (args.has('json') && target !== undefined) {
    const data = { ok: true, file: target, flows: deck.flows.length, rewritten };
    report.write(`${prettyJson({ ...data, diagnostics: diagnostics.map(diagnosticData) })}\n`);
    return EXIT.ok;
  }
  const palette = paletteFor(io.stderr, io.env);
  for (const diagnostic of diagnostics) {
    if (diagnostic.severity !== 'info') io.stderr.write(diagnosticText(diagnostic, palette));
  }
  const { green } = paletteFor(report, io.env);
  const where = target === undefined ? '' : ` to ${plain(target)}`;
  const flows = `${count(rewritten.length, 'flow')} written anew, ${kept} from their originals`;
  report.write(`${green('✓ exported')}: ${flows}${where}\n`);
  return EXIT.ok;
};

/** @throws UsageError `originals-file` */
async function originalsBeside<T>(
  path: string,
  isSideTable: (value: unknown) => value is T,
  io: Io,
): Promise<T | null> {
  if (kindOf(path, io) !== 'directory' || !list(path, io).some((entry) => entry.name === ORIGINALS)) return null;
  const file = join(path, ORIGINALS);
  const { value } = await readJsonFile(file, io);
  if (isSideTable(value)) return value;
  throw new UsageError('originals-file', `${JSON.stringify(file)} is not what "flowdeck import" wrote.`, {
    at: { file },
    hint: 'Import again, or remove it to write all flows anew.',
  });
}
