/** `flowdeck inspect`: what a deck consists of, and what it needs. */
import type { Inspection } from '@flowdeck/flopack';
import type { Command } from '../command.js';
import { openCatalogue } from '../engine/engine.js';
import { EXIT } from '../exit.js';
import { type Palette, paletteFor } from '../output/colour.js';
import { count, plain, prettyJson } from '../output/text.js';
import { readProject } from '../project/read.js';

export const inspect: Command = async (args, io) => {
  const { deck } = await readProject(args.operand, io, args.values('pack'));
  const { inspectDocument } = await import('@flowdeck/flopack');
  const engine = await openCatalogue(args.values('pack'), io);
  const found = inspectDocument(deck, new Set(engine.cards.map(({ card }) => card.id)));
  if (args.has('json')) io.stdout.write(`${prettyJson({ name: deck.name ?? null, ...found })}\n`);
  else io.stdout.write(inspectionText(deck.name ?? args.operand, found, paletteFor(io.stdout, io.env)));
  return EXIT.ok;
};

function inspectionText(name: string, found: Inspection, palette: Palette): string {
  const { bold, dim, cyan, yellow } = palette;
  const { flows, cards, missing, connections, tables, missingFlows } = found;
  const all = Object.values(cards).reduce((sum, number) => sum + number, 0);
  const head = `${bold(plain(name))}  ${dim(`${count(flows.length, 'flow')}, ${count(all, 'card')}`)}`;
  const sections = [
    [head],
    inspectionSection(
      'Flows',
      flows.map((flow) => flowLine(flow, palette)),
      palette,
    ),
    inspectionSection(
      'Connections',
      connections.map(
        (each) => `${plain(each.name)}${each.connector === null ? '' : dim(`  ${plain(each.connector)}`)}`,
      ),
      palette,
    ),
    inspectionSection(
      'Tables',
      tables.map((table) => `${plain(table.name)}  ${dim(count(table.columns, 'column'))}`),
      palette,
    ),
    inspectionSection(
      'Cards',
      Object.entries(cards).map(([id, number]) => `${cyan(plain(id))}${number > 1 ? dim(`  ${number} times`) : ''}`),
      palette,
    ),
    inspectionSection(
      'Cards without a pack (run with --simulate, or load it with --pack)',
      Object.entries(missing).map(([namespace, ids]) => `${yellow(plain(namespace))}  ${ids.map(plain).join(', ')}`),
      palette,
    ),
    inspectionSection('Flows that are called and not there', missingFlows.map(plain), palette),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function flowLine(
  { id, name, type, cards, calls, connections }: Inspection['flows'][number],
  palette: Palette,
): string {
  const { dim, cyan } = palette;
  const parts = [cyan(id)];
  if (name !== id) parts.push(plain(name));
  parts.push(dim(`${type}, ${count(cards, 'card')}`));
  if (calls.length > 0) parts.push(dim(`calls ${calls.join(', ')}`));
  if (connections.length > 0) parts.push(dim(`uses ${connections.map(plain).join(', ')}`));
  return parts.join('  ');
}

function inspectionSection(title: string, lines: readonly string[], { bold }: Palette): string[] {
  return lines.length === 0 ? [] : [bold(title), ...lines.map((line) => `  ${line}`)];
}
