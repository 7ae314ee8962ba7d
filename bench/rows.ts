/** What a benchmark reports, one line of the table each. */

/** Lowest, middle and highest of several rounds. */
export interface Spread {
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

/** Two ways to the same result. Times in nanoseconds per unit; `ratio` is engine by baseline, round by round. */
export interface Race {
  readonly kind: 'race';
  readonly workload: string;
  readonly what: string;
  readonly unit: string;
  readonly baseline: Spread;
  readonly engine: Spread;
  readonly ratio: Spread;
  /** Quotient of the two fastest rounds: what noise touches least, and what is held against the target. */
  readonly best: number;
  readonly target: number | null;
}

/** A single measured number. */
export interface Figure {
  readonly kind: 'figure';
  readonly workload: string;
  readonly what: string;
  readonly unit: 'ns' | 'bytes';
  readonly value: number;
  readonly target: number | null;
}

/** Says why there is nothing to report, or how to read what stands above it. */
export interface Note {
  readonly kind: 'note';
  readonly workload: string;
  readonly text: string;
}

export type Row = Race | Figure | Note;

export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.round((sorted.length - 1) * share)] ?? Number.NaN;
  return { low: at(0), median: at(0.5), high: at(1) };
}
