/** How the cards of each flow went in a run, as marks of its picture. */
import type { CardEntry, ExecutionEntry } from '@flowdeck/engine';
import type { CardMark, CardMarks, CardState } from '../marks.js';
import type { GraphCard, GraphFlow } from '../model.js';
import { durationText, grouped } from '../numbers.js';
import { fatalCards } from './way.js';

/** What came of all runs of one card. */
interface Tally {
  runs: number;
  failed: number;
  /** Of those, the ones whose flow went on. */
  caught: number;
  running: number;
  ms: number;
  attempts: number;
  items: number;
  failedItems: number;
}

/** Marks by the id of the flow. A flow that did not run has none. */
export function marksOf(
  executions: readonly ExecutionEntry[],
  flows: readonly GraphFlow[],
): ReadonlyMap<string, CardMarks> {
  const tallies = tally(executions);
  return new Map(
    flows.flatMap((flow) => {
      const found = tallies.get(flow.id);
      if (found === undefined) return [];
      const marks = new Map<string, CardMark>();
      markCards(flow.cards, found, marks);
      return [[flow.id, marks] as const];
    }),
  );
}

function markCards(
  cards: readonly GraphCard[],
  tallies: ReadonlyMap<string, Tally>,
  marks: Map<string, CardMark>,
): void {
  for (const card of cards) {
    // What is there for what it says is neither taken nor left.
    if (card.remark === null) marks.set(card.key, markFor(tallies.get(card.step)));
    for (const block of card.blocks) markCards(block.cards, tallies, marks);
  }
}

function markFor(found: Tally | undefined): CardMark {
  if (found === undefined) return { state: 'skipped', text: 'not taken' };
  const state = stateOf(found);
  const { runs, failed, attempts, items, failedItems } = found;
  const counted = failed > 0 && runs > 1 ? `${grouped(failed)} of ${grouped(runs)} failed` : WORDS[state];
  const parts = [
    `${SIGNS[state]} ${counted}`,
    runs > 1 && failed === 0 ? `${grouped(runs)}×` : '',
    items > 0 ? `${grouped(items)} items${failedItems === 0 ? '' : `, ${grouped(failedItems)} failed`}` : '',
    attempts > runs ? `${grouped(attempts)} attempts` : '',
    durationText(found.ms),
  ];
  return { state, text: parts.filter((part) => part !== '').join(' · ') };
}

const SIGNS = { passed: '✓', failed: '✗', caught: '⚠', running: '…' } as const;
const WORDS = { passed: 'ran', failed: 'failed', caught: 'failed, caught', running: 'did not end' } as const;

function stateOf({ failed, caught, running }: Tally): Exclude<CardState, 'skipped' | 'added' | 'removed' | 'changed'> {
  if (failed > caught) return 'failed';
  if (failed > 0) return 'caught';
  return running > 0 ? 'running' : 'passed';
}

function tally(executions: readonly ExecutionEntry[]): ReadonlyMap<string, Map<string, Tally>> {
  const flows = new Map<string, Map<string, Tally>>();
  const states = new Map(executions.map(({ id, status }) => [id, status]));
  for (const execution of executions) {
    const cards = flows.get(execution.flow) ?? new Map<string, Tally>();
    flows.set(execution.flow, cards);
    const fatal = new Set(fatalCards(execution));
    for (const page of execution.cards)
      for (const card of page) count(tallyOf(cards, card.card), card, fatal.has(card));
    for (const page of execution.calls)
      for (const { card, index, calleeExecutionId } of page) {
        if (index === null) continue;
        const found = tallyOf(cards, card);
        found.items++;
        if (states.get(calleeExecutionId) === 'error') found.failedItems++;
      }
  }
  return flows;
}

function tallyOf(cards: Map<string, Tally>, card: string): Tally {
  const known = cards.get(card);
  if (known !== undefined) return known;
  const made: Tally = { runs: 0, failed: 0, caught: 0, running: 0, ms: 0, attempts: 0, items: 0, failedItems: 0 };
  cards.set(card, made);
  return made;
}

function count(found: Tally, { status, durationMs, attempts }: CardEntry, isFatal: boolean): void {
  found.runs++;
  found.attempts += attempts;
  found.ms += durationMs ?? 0;
  if (status === 'running') found.running++;
  if (status !== 'error') return;
  found.failed++;
  if (!isFatal) found.caught++;
}
