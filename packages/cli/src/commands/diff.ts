/** `flowdeck diff`: what changed between two decks, in terms of flows and cards. */
import type { Change } from '@flowdeck/flopack';
import type { Command } from '../command.js';
import { UsageError } from '../errors.js';
import { EXIT } from '../exit.js';
import { type Palette, paletteFor } from '../output/colour.js';
import { brief, count, plain, prettyJson } from '../output/text.js';
import { readProject } from '../project/read.js';
import { didYouMean } from '../suggest.js';

/** What `--fail-on` takes. */
const FAILURES = ['breaking', 'any'];

export const diff: Command = async (args, io) => {
  const failOn = args.value('fail-on') ?? null;
  if (failOn !== null && !FAILURES.includes(failOn)) {
    throw new UsageError('fail-on-option', `--fail-on ${JSON.stringify(failOn)} is not known.`, {
      hint: didYouMean(failOn, FAILURES) ?? `Write one of: ${FAILURES.join(', ')}.`,
    });
  }
  const [before = '', after = ''] = args.operands;
  const [a, b] = [await readProject(before, io), await readProject(after, io)];
  const { diffDocuments } = await import('@flowdeck/flopack');
  const changes = diffDocuments(a.deck, b.deck);
  const breaking = changes.filter((change) => change.breaking).length;
  if (args.has('json')) {
    io.stdout.write(`${prettyJson({ equal: changes.length === 0, breaking, changes: changes.map(changeData) })}\n`);
  } else io.stdout.write(diffText(changes, breaking, paletteFor(io.stdout, io.env)));
  const fails = failOn === 'any' ? changes.length > 0 : failOn === 'breaking' && breaking > 0;
  return fails ? EXIT.failed : EXIT.ok;
};

function changeData({ before, after, ...change }: Change) {
  return { ...change, before: before ?? null, after: after ?? null };
}

function diffText(changes: readonly Change[], breaking: number, palette: Palette): string {
  const { bold, red, dim, green } = palette;
  if (changes.length === 0) return `${green('✓ no difference')}\n`;
  const lines: string[] = [];
  let heading: string | undefined;
  for (const change of changes) {
    const part = partOf(change);
    if (part !== heading) lines.push(bold(plain(part)));
    heading = part;
    lines.push(`  ${changeMark(change, palette)} ${plain(change.message)}${change.breaking ? red('  breaking') : ''}`);
    if (isSet(change.before) || isSet(change.after)) {
      lines.push(dim(`      ${valueText(change.before)} → ${valueText(change.after)}`));
    }
  }
  const more = breaking > 0 ? red(`, ${breaking} breaking`) : '';
  return `${lines.join('\n')}\n${count(changes.length, 'change')}${more}\n`;
}

/** What the change stands under. */
function partOf({ flow, kind }: Change): string {
  return flow ?? (kind.startsWith('table-') ? 'tables' : 'connector');
}

function changeMark({ kind }: Change, { green, red, yellow }: Palette): string {
  if (kind.endsWith('-added')) return green('+');
  return kind.endsWith('-removed') ? red('-') : yellow('~');
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function valueText(value: unknown): string {
  return isSet(value) ? brief(value) : '(none)';
}
