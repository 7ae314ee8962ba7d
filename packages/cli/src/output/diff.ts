/** Writes changes for a reader: flow by flow, what breaks marked. */
import type { Change } from '@flowdeck/flopack';
import type { Palette } from './colour.js';
import { brief, count, plain } from './text.js';

export function diffText(changes: readonly Change[], breaking: number, palette: Palette): string {
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
