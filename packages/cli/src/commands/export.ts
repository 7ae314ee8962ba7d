/** `flowdeck export`: writes flow files as an export of the foreign format. */
import { standard } from '@flowdeck/cards';
import { FaultyDeck, UsageError } from '../errors.js';
import { EXIT } from '../exit.js';
import { ORIGINALS } from '../exports/files.js';
import { kindOf, list, readText, writeText } from '../files.js';
import { placeFindings } from '../findings.js';
import type { Io } from '../io.js';
import { join } from '../node.js';
import { paletteFor } from '../output/colour.js';
import { findingData, findingText } from '../output/findings.js';
import { count, plain, prettyJson } from '../output/text.js';
import { deckOf, readSource } from '../source.js';
import type { Command } from '../spec.js';

export const exportDeck: Command = async (args, io) => {
  const source = await readSource(args.operand, io);
  const { document, places } = deckOf(source);
  const { exportFlopack, isSideTable } = await import('@flowdeck/flopack');
  const beside = source[0].imported?.originals ?? (await originalsBeside(args.operand, isSideTable, io));
  const { flopack, diagnostics, rewritten } = exportFlopack(document, {
    cards: standard.cards ?? [],
    ...(beside === null ? {} : { originals: beside }),
  });
  const findings = placeFindings(diagnostics, source, places);
  if (flopack === null) throw new FaultyDeck(findings);
  const text = `${JSON.stringify(flopack)}\n`;
  const target = args.value('output');
  if (target === undefined) io.stdout.write(text);
  else writeText(target, text, io);

  const report = target === undefined ? io.stderr : io.stdout;
  const kept = document.flows.length - rewritten.length;
  if (args.has('json') && target !== undefined) {
    const data = { ok: true, file: target, flows: document.flows.length, rewritten };
    report.write(`${prettyJson({ ...data, diagnostics: findings.map(findingData) })}\n`);
    return EXIT.ok;
  }
  const palette = paletteFor(io.stderr, io.env);
  for (const finding of findings) {
    if (finding.severity !== 'info') io.stderr.write(findingText(finding, palette));
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
  const text = await readText(file, io);
  let value: unknown = null;
  try {
    value = JSON.parse(text);
  } catch {
    // Reported below, like JSON of another shape.
  }
  if (isSideTable(value)) return value;
  throw new UsageError('originals-file', `${JSON.stringify(file)} is not what "flowdeck import" wrote.`, {
    at: { file },
    hint: 'Import again, or remove it to write all flows anew.',
  });
}
