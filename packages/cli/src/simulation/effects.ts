/** Tells what a simulated run would have done. */
import type { Effect } from '@flowdeck/testing';
import type { Palette } from '../output/colour.js';
import { brief, count, plain } from '../output/text.js';

/** So many are shown; `--json` holds all. */
const SHOWN_EFFECTS = 100;

export interface EffectsOptions {
  readonly palette: Palette;
  /** True: also what each call was answered. */
  readonly answers: boolean;
}

export function effectsText(effects: readonly Effect[], { palette, answers }: EffectsOptions): string {
  if (effects.length === 0) return palette.dim('simulated: nothing outside would have been called\n');
  const lines = [palette.dim(`simulated: ${count(effects.length, 'call')} that would have been made`)];
  for (const effect of effects.slice(0, SHOWN_EFFECTS)) {
    const { kind, connector, action, inputs, outputs, error, flow, card } = effect;
    const name = kind === 'http' ? `${action} ${String(inputs['url'])}` : `${connector}.${action}`;
    const place = flow === null ? '' : palette.dim(`  ${plain(`${flow}/${card}`)}`);
    const failed = error === null ? '' : palette.yellow(`  ${plain(error.message)}`);
    lines.push(`  ${palette.cyan(plain(name))}${place}${failed}`);
    const given = kind === 'http' ? inputs['body'] : inputs;
    if (given !== null) lines.push(palette.dim(`    in  ${brief(given)}`));
    if (answers && outputs !== null) lines.push(palette.dim(`    out ${brief(outputs)}`));
  }
  if (effects.length > SHOWN_EFFECTS)
    lines.push(palette.dim(`  … and ${count(effects.length - SHOWN_EFFECTS, 'call')} more: --json`));
  return `${lines.join('\n')}\n`;
}
