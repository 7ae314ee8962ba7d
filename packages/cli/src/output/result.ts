/** Writes the result of a run: for a reader, and as JSON. */
import type { IgnoredReport, RunResult, TableReport } from '@flowdeck/engine';
import { toData } from '@flowdeck/engine/kit';
import type { LoadedProject } from '../project/load.js';
import type { Palette } from './colour.js';
import { reasonText, runErrorData, runErrorLines, wayText } from './run-error.js';
import { count, duration, grouped, plain } from './text.js';

/** Finds the places of errors. */
type Located = Pick<LoadedProject, 'locate'>;

/** What `flowdeck run --json` prints. */
export function resultData(result: RunResult, { locate }: Located) {
  const { status, outputs, error, runId, steps, durationMs, children, ignored, tables, omitted } = result;
  return {
    status,
    outputs: outputs === null ? null : toData(outputs),
    error: error === null ? null : runErrorData(error, locate),
    runId,
    steps,
    durationMs: Math.round(durationMs * 1000) / 1000,
    children: children.map((child) => ({
      ...child,
      error: child.error === null ? null : runErrorData(child.error, locate),
    })),
    ignored: ignored.map((item) => ({ ...item, error: runErrorData(item.error, locate) })),
    tables,
    omitted,
  };
}

const MARKS = { success: '✓', stopped: '■', error: '✗', cancelled: '✗' } as const;

/** The line that ends the tree and what else is to be known: why it failed, what failed beside it, what became of tables. */
export function resultText(result: RunResult, { locate }: Located, palette: Palette): string {
  const { status, steps, durationMs, error } = result;
  const paint = error === null ? palette.green : palette.red;
  const lines = [
    `${paint(`${MARKS[status]} ${status === 'error' ? 'failed' : status}`)} ${palette.dim(`${count(steps, 'card')}, ${duration(durationMs)}`)}`,
  ];
  if (error) lines.push(...runErrorLines(error, locate, palette));
  lines.push(...childLines(result, palette), ...ignoredLines(result, palette));
  lines.push(...result.tables.map((table) => palette.dim(`  table ${plain(table.table)}: ${tableText(table)}`)));
  return `${lines.join('\n')}\n`;
}

/** So many failures of each kind are shown; `--json` holds more. */
const SHOWN_FAILURES = 5;

function childLines({ children, omitted }: RunResult, palette: Palette): string[] {
  const failed = children.flatMap(({ flow, error }) => (error === null ? [] : [{ flow, error }]));
  const lines = failed
    .slice(0, SHOWN_FAILURES)
    .map(({ flow, error }) => palette.yellow(`  async ${plain(flow)} failed: ${reasonText(error)} [${error.code}]`));
  const more = failed.length - lines.length;
  if (more > 0) lines.push(palette.yellow(`  … and ${grouped(more)} more async flows that failed`));
  if (omitted.children > 0)
    lines.push(palette.dim(`  … and ${grouped(omitted.children)} async flows that are not told of`));
  return lines;
}

function ignoredLines({ ignored, omitted }: RunResult, palette: Palette): string[] {
  if (ignored.length === 0) return [];
  const cards = [...new Set(ignored.map(({ flow, card }) => `${card} (flow ${flow})`))];
  const total = ignored.length + omitted.ignored;
  const lines = [palette.yellow(`  ignored: ${count(total, 'item')} that failed, by ${plain(cards.join(', '))}`)];
  lines.push(...ignored.slice(0, SHOWN_FAILURES).map((item) => `    ${ignoredText(item)}`));
  if (total > SHOWN_FAILURES) lines.push(palette.dim(`    … and ${grouped(total - SHOWN_FAILURES)} more`));
  return lines;
}

function ignoredText({ index, error }: IgnoredReport): string {
  return `[${index}] ${reasonText(error)} [${error.code}]  ${wayText(error.path)}`;
}

function tableText({ inserted, updated, removed }: TableReport): string {
  const parts = [
    inserted > 0 ? `${count(inserted, 'row')} inserted` : '',
    updated > 0 ? `${count(updated, 'row')} updated` : '',
    removed > 0 ? `${count(removed, 'row')} removed` : '',
  ];
  return parts.filter((part) => part !== '').join(', ');
}
