/** Prints rows as a table. */
import type { Row, Spread } from './rows.js';

const HEAD = ['', 'what', 'per', 'by hand', 'engine', 'ratio', 'rounds', 'target', ''] as const;
const LEFT = new Set([0, 1, 2, 8]);

/** A table of fixed width, with a last line on how to read it. */
export function table(rows: readonly Row[]): string {
  const lines = [HEAD, ...rows.flatMap((row) => (row.kind === 'note' ? [] : [cells(row)]))];
  const widths = HEAD.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
  const [head = '', ...body] = lines.map((line) =>
    line
      .map((cell, column) => (LEFT.has(column) ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
  const notes = rows.flatMap((row) => (row.kind === 'note' ? [`${row.workload}: ${row.text}`] : []));
  return [head, '-'.repeat(head.length), ...body, ...notes, '', LEGEND].join('\n');
}

const LEGEND = `By hand and engine: the fastest round. Ratio: engine by hand of these two, smaller is better.
Rounds: lowest, middle and highest ratio of a round. Nothing is asserted but that both sides give the same result.`;

function cells(row: Exclude<Row, { kind: 'note' }>): readonly string[] {
  if (row.kind === 'figure') {
    const form = row.unit === 'ns' ? formatTime : formatBytes;
    const target = row.target === null ? '' : form(row.target);
    return [row.workload, row.what, '', '', form(row.value), '', '', target, verdict(row.value, row.target)];
  }
  return [
    row.workload,
    row.what,
    row.unit,
    formatTime(row.baseline.low),
    formatTime(row.engine.low),
    row.best.toFixed(2),
    formatSpread(row.ratio),
    row.target === null ? '' : String(row.target),
    verdict(row.best, row.target),
  ];
}

function verdict(value: number, target: number | null): string {
  if (target === null) return '';
  return value <= target ? 'reached' : 'missed';
}

function formatSpread({ low, median, high }: Spread): string {
  return `${low.toFixed(2)} ${median.toFixed(2)} ${high.toFixed(2)}`;
}

export function formatTime(ns: number): string {
  if (ns < 1000) return `${ns.toFixed(1)} ns`;
  return ns < 1e6 ? `${(ns / 1000).toFixed(2)} µs` : `${(ns / 1e6).toFixed(2)} ms`;
}

export function formatBytes(bytes: number): string {
  if (Math.abs(bytes) < 10_000) return `${Math.round(bytes)} B`;
  return bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} KiB` : `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}
