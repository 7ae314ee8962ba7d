/** Writes diagnostics for a reader, one place a line, as compilers do. */
import type { FileDiagnostic } from '../errors.js';
import type { FilePlace } from '../project/project.js';
import type { Palette } from './colour.js';
import { plain } from './text.js';

/** `file:line:column`, as far as it is known. */
export function placeText({ file, line, column }: FilePlace): string {
  return line === undefined ? file : `${file}:${line}:${column}`;
}

/** What is not a place in a file still has a flow and a card. */
function headText(diagnostic: FileDiagnostic): string {
  const { line, flow, card } = diagnostic;
  if (line !== undefined || flow === undefined) return placeText(diagnostic);
  return `${placeText(diagnostic)} (flow ${flow}${card === undefined ? '' : `, card ${card}`})`;
}

export function diagnosticText(diagnostic: FileDiagnostic, palette: Palette): string {
  const { severity, code, message, hint } = diagnostic;
  const paint = severity === 'error' ? palette.red : severity === 'warning' ? palette.yellow : palette.cyan;
  const head = `${palette.bold(plain(headText(diagnostic)))}: ${paint(severity)}: ${plain(message)} ${palette.dim(`[${code}]`)}\n`;
  return hint === undefined ? head : `${head}    ${palette.dim('hint:')} ${plain(hint)}\n`;
}

/** A diagnostic as JSON: what a program needs, in a fixed order. */
export function diagnosticData({
  severity,
  code,
  message,
  file,
  line,
  column,
  pointer,
  hint,
  flow,
  card,
}: FileDiagnostic) {
  return {
    severity,
    code,
    message,
    file,
    line: line ?? null,
    column: column ?? null,
    pointer,
    hint: hint ?? null,
    ...(flow === undefined ? {} : { flow }),
    ...(card === undefined ? {} : { card }),
  };
}

/** What is wrong with files that a run does without, and that it does so. */
export function leftOutText(leftOut: readonly FileDiagnostic[], palette: Palette): string {
  if (leftOut.length === 0) return '';
  const files = [...new Set(leftOut.map(({ file }) => file))];
  const texts = leftOut.map((diagnostic) => diagnosticText(diagnostic, palette));
  return `${texts.join('')}${palette.yellow('left out')}: ${files.map(plain).join(', ')}\n`;
}
