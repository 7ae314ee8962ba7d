/** The parts of a review: changes by what they are about, those that break first. */
import { countText } from '../numbers.js';
import type { ReviewedChange } from './types.js';

/** What a change stands under. */
export interface ReviewPart {
  /** Id of the flow. Null: tables and the connector. */
  readonly flow: string | null;
  /** Those that break first. */
  readonly changes: readonly ReviewedChange[];
}

/** Parts with a change that breaks come first, else in the order of the changes. */
export function partsOf(changes: readonly ReviewedChange[]): readonly ReviewPart[] {
  const flows = new Map<string | null, ReviewedChange[]>();
  for (const change of changes) flows.set(change.flow, [...(flows.get(change.flow) ?? []), change]);
  const parts = [...flows].map(([flow, own]) => ({ flow, changes: breakingFirst(own) }));
  const breaks = ({ changes: own }: ReviewPart) => own.some(({ breaking }) => breaking);
  return [...parts.filter(breaks), ...parts.filter((part) => !breaks(part))];
}

function breakingFirst(changes: readonly ReviewedChange[]): readonly ReviewedChange[] {
  return [...changes.filter(({ breaking }) => breaking), ...changes.filter(({ breaking }) => !breaking)];
}

/** `3 changes, 1 breaking`. */
export function summaryOf(changes: readonly ReviewedChange[]): string {
  const breaking = changes.filter((change) => change.breaking).length;
  if (changes.length === 0) return 'no difference';
  return `${countText(changes.length, 'change')}${breaking === 0 ? '' : `, ${breaking} breaking`}`;
}

export function signOf({ kind }: ReviewedChange): '+' | '−' | '~' {
  if (kind.endsWith('-added')) return '+';
  return kind.endsWith('-removed') ? '−' : '~';
}

/** Whether a value says more than the sentence. */
export function hasValues({ before, after }: ReviewedChange): boolean {
  return (before !== null && before !== undefined) || (after !== null && after !== undefined);
}

const MOST_VALUE = 400;

/** A value on one line, cut where it becomes too long. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined) return '(nothing)';
  const text = JSON.stringify(value);
  return text.length > MOST_VALUE ? `${text.slice(0, MOST_VALUE)}…` : text;
}
