/** Coverage as LCOV, which editors show beside the lines of flow files. */
import type { Coverage, CoveredPart } from './coverage-types.js';

/** Where a part of a flow stands. */
export interface LcovPlace {
  /** Path of the file. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** What is known of one file. */
interface Covered {
  /** 1: all cards of the line began, by line. */
  readonly lines: Map<number, number>;
  readonly branches: { readonly line: number; readonly card: string; readonly name: string; readonly taken: number }[];
}

/**
 * LCOV of the files that have lines: a line for each card, a branch for each of its branches, error paths among them. Twice the same, to the byte.
 *
 * @param placeOf Where the part that a pointer into a subject names stands; null: it has no line, as in an export.
 * @example
 * const text = lcovText(coverage, (_subject, pointer) => ({ file: 'a.flow.json', line: lineOf(pointer) }));
 */
export function lcovText(coverage: Coverage, placeOf: (subject: string, pointer: string) => LcovPlace | null): string {
  const files = new Map<string, Covered>();
  for (const { subject, parts } of coverage.flows) {
    for (const part of parts) {
      const place = placeOf(subject, part.pointer);
      if (place === null) continue;
      const covered = files.get(place.file) ?? { lines: new Map(), branches: [] };
      files.set(place.file, covered);
      take(covered, part, place.line);
    }
  }
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  return sorted.map(([file, covered]) => fileText(file, covered)).join('');
}

function take({ lines, branches }: Covered, { kind, card, branch, isCovered }: CoveredPart, line: number): void {
  const taken = isCovered ? 1 : 0;
  if (kind === 'card') lines.set(line, Math.min(lines.get(line) ?? 1, taken));
  else branches.push({ line, card, name: branch ?? 'fails', taken });
}

function fileText(file: string, { lines, branches }: Covered): string {
  const hits = [...lines].sort(([a], [b]) => a - b);
  const cards = [...new Set(branches.map(({ card }) => card))];
  return [
    'TN:',
    // A line break would begin a record of its own.
    `SF:${file.replace(/[\r\n]/g, ' ')}`,
    ...branches.map(
      ({ line, card, name, taken }) => `BRDA:${line},${cards.indexOf(card)},${name.replace(/[,\r\n]/g, ' ')},${taken}`,
    ),
    `BRF:${branches.length}`,
    `BRH:${branches.filter(({ taken }) => taken > 0).length}`,
    ...hits.map(([line, hit]) => `DA:${line},${hit}`),
    `LF:${hits.length}`,
    `LH:${hits.filter(([, hit]) => hit > 0).length}`,
    'end_of_record',
    '',
  ].join('\n');
}
