/** Writes the result of a run: for a reader, and as JSON. */
import type { ErrorReport, RunResult } from '@flowdeck/engine';
import { toData } from '@flowdeck/engine/kit';
import type { LoadedProject } from '../project/load.js';
import type { Palette } from './colour.js';
import { placeText } from './diagnostics.js';
import { commandHint } from './hint.js';
import { count, duration, plain } from './text.js';

/** Finds the places of errors. */
type Located = Pick<LoadedProject, 'locate'>;

/** What `flowdeck run --json` prints. */
export function resultData({ status, outputs, error, runId, steps, durationMs }: RunResult, { locate }: Located) {
  return {
    status,
    outputs: outputs === null ? null : toData(outputs),
    error: error === null ? null : runErrorData(error, { locate }),
    runId,
    steps,
    durationMs: Math.round(durationMs * 1000) / 1000,
  };
}

function runErrorData({ code, message, statusCode, at, hint, extra }: ErrorReport, { locate }: Located) {
  const place = locate(at.flow, at.pointer);
  return {
    code,
    message,
    statusCode,
    at: { ...at, ...(place ?? {}) },
    hint: commandHint(code, hint, extra) ?? null,
    ...(extra === undefined ? {} : { extra: toData(extra) }),
  };
}

const MARKS = { success: '✓', stopped: '■', error: '✗', cancelled: '✗' } as const;

/** The line that ends the tree and, for a failure, what is known of it. */
export function resultText(result: RunResult, { locate }: Located, palette: Palette): string {
  const { status, steps, durationMs, error } = result;
  const paint = error === null ? palette.green : palette.red;
  const lines = [
    `${paint(`${MARKS[status]} ${status === 'error' ? 'failed' : status}`)} ${palette.dim(`${count(steps, 'card')}, ${duration(durationMs)}`)}`,
  ];
  if (error) lines.push(...errorLines(error, { locate }, palette));
  for (const child of result.children) {
    if (child.error)
      lines.push(
        palette.yellow(`  async ${plain(child.flow)} failed: ${plain(child.error.message)} [${child.error.code}]`),
      );
  }
  return `${lines.join('\n')}\n`;
}

function errorLines({ code, message, at, hint, extra }: ErrorReport, { locate }: Located, palette: Palette): string[] {
  const lines = [`${palette.red('error')}: ${plain(message)} ${palette.dim(`[${code}]`)}`];
  const place = locate(at.flow, at.pointer);
  const where = [
    at.card === undefined ? '' : `card ${plain(at.card)}`,
    at.field === undefined ? '' : `input ${plain(at.field)}`,
    at.flow === undefined ? '' : `flow ${plain(at.flow)}`,
    place === null ? '' : plain(placeText(place)),
  ].filter((part) => part !== '');
  if (where.length > 0) lines.push(`    ${palette.dim('at:')} ${where.join(', ')}`);
  const advice = commandHint(code, hint, extra);
  if (advice !== undefined) lines.push(`    ${palette.dim('hint:')} ${plain(advice)}`);
  return lines;
}
