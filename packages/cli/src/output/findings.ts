/** Writes diagnostics for a reader, one place a line, as compilers do. */
import type { Finding } from '../errors.js';
import type { Palette } from './colour.js';
import { plain } from './text.js';

/** `file:line:column`, as far as it is known. */
export function placeText({ file, line, column }: Pick<Finding, 'file' | 'line' | 'column'>): string {
  return line === null ? file : `${file}:${line}:${column}`;
}

/** What is not a place in a file still has a flow and a card. */
function headText(finding: Finding): string {
  const { line, flow, card } = finding;
  if (line !== null || flow === undefined) return placeText(finding);
  return `${placeText(finding)} (flow ${flow}${card === undefined ? '' : `, card ${card}`})`;
}

export function findingText(finding: Finding, palette: Palette): string {
  const { severity, code, message, hint } = finding;
  const paint = severity === 'error' ? palette.red : severity === 'warning' ? palette.yellow : palette.cyan;
  const head = `${palette.bold(plain(headText(finding)))}: ${paint(severity)}: ${plain(message)} ${palette.dim(`[${code}]`)}\n`;
  return hint === undefined ? head : `${head}    ${palette.dim('hint:')} ${plain(hint)}\n`;
}

/** A diagnostic as JSON: what a program needs, in a fixed order. */
export function findingData({ severity, code, message, file, line, column, pointer, hint, flow, card }: Finding) {
  return {
    severity,
    code,
    message,
    file,
    line,
    column,
    pointer,
    hint: hint ?? null,
    ...(flow === undefined ? {} : { flow }),
    ...(card === undefined ? {} : { card }),
  };
}
