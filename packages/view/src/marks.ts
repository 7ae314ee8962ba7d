/** What a picture says about a card beside what it is: how it went in a run, or what became of it between two versions. */

/**
 * Of a run: `passed`, `failed`, `caught` (it failed, and the run went on), `running` (it did not end), `skipped` (it was not reached). Of a comparison: `added`, `removed`,
 * `changed`.
 */
export type CardState = 'passed' | 'failed' | 'caught' | 'running' | 'skipped' | 'added' | 'removed' | 'changed';

/** How a card is marked. */
export interface CardMark {
  /** Its colour goes by it. */
  readonly state: CardState;
  /** What is written below the card: state, count, time. A picture says nothing by colour alone. */
  readonly text: string;
}

/** Marks by the key of the card in its graph. */
export type CardMarks = ReadonlyMap<string, CardMark>;

/** Colour of the frame, colour of the words: at least 3:1 and 4.5:1 against white. */
export const STATE_COLOURS: Readonly<Record<CardState, { readonly line: string; readonly text: string }>> = {
  passed: { line: '#15803d', text: '#166534' },
  failed: { line: '#b91c1c', text: '#b91c1c' },
  caught: { line: '#b45309', text: '#92400e' },
  running: { line: '#1d4ed8', text: '#1d4ed8' },
  skipped: { line: '#94a3b8', text: '#5b6675' },
  added: { line: '#15803d', text: '#166534' },
  removed: { line: '#b91c1c', text: '#b91c1c' },
  changed: { line: '#b45309', text: '#92400e' },
};
