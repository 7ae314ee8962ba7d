/** How a run went wrong: the way from the flow that was started down to the card that failed. */
import type { CardEntry, ErrorData, ExecutionEntry, History } from '@flowdeck/engine';
import { executionOf, executionsOf } from '@flowdeck/engine/kit';

/** A card on the way: it failed itself, or called the flow of the next one. */
export interface FailedCard {
  readonly execution: ExecutionEntry;
  readonly card: CardEntry;
  /** Position of the item that the next flow was called for. Null: it was not called per item, or there is none. */
  readonly item: number | null;
}

/** Why a run gave nothing, and where. */
export interface RunFault {
  readonly error: ErrorData;
  /** From the run's own flow inwards. Empty: it was no card that failed. */
  readonly way: readonly FailedCard[];
}

/** The run's own flow. Null: the history knows of no run. */
export function rootOf(history: History): ExecutionEntry | null {
  return executionsOf(history).find(({ parentExecutionId }) => parentExecutionId === null) ?? null;
}

/** Null: the run did not fail. */
export function faultOf(history: History): RunFault | null {
  let execution = rootOf(history);
  if (execution === null || execution.error === null) return null;
  const { error } = execution;
  const way: FailedCard[] = [];
  const seen = new Set<string>();
  while (execution !== null && !seen.has(execution.id)) {
    seen.add(execution.id);
    const card = failedIn(execution);
    if (card === null) break;
    const called = calledBy(execution, card, history);
    way.push({ execution, card, item: called?.item ?? null });
    execution = called?.execution ?? null;
  }
  return { error: deepest(way) ?? error, way };
}

/** What the last card on the way says, which is said by all of them where nothing was caught on the way. */
function deepest(way: readonly FailedCard[]): ErrorData | null {
  return way.at(-1)?.card.error ?? null;
}

/** The innermost card that made the execution fail: the last one that failed, or what failed inside of it. */
function failedIn(execution: ExecutionEntry): CardEntry | null {
  return fatalCards(execution).at(-1) ?? null;
}

/**
 * The cards that made an execution fail, from the outside in: the last one that failed, and what failed inside of it. What
 * failed beside them was caught. Empty: the execution did not fail.
 */
export function fatalCards(execution: ExecutionEntry): readonly CardEntry[] {
  if (execution.status !== 'error' && execution.status !== 'cancelled') return [];
  const failed = execution.cards.flat().filter(({ status }) => status === 'error');
  // Beyond those that are noted in their order, the one that began last: what stands in a block begins after the block.
  if (execution.dropped.failures > 0) return failed.slice(-1);
  const bySeq = new Map(failed.map((card) => [card.seq, card]));
  // A card with blocks fails after what stands in it.
  const [last, ...before] = execution.failures.flatMap(({ seq }) => bySeq.get(seq) ?? []).reverse();
  if (last === undefined) return [];
  const fatal = [last];
  for (const card of before) {
    if (!card.path.includes(fatal.at(-1)?.card ?? '')) break;
    fatal.push(card);
  }
  return fatal;
}

function calledBy(execution: ExecutionEntry, card: CardEntry, history: History) {
  const calls = execution.calls.flat().filter(({ seq }) => seq === card.seq);
  for (const call of calls.reverse()) {
    const callee = executionOf(history, call.calleeExecutionId);
    if (callee !== null && callee.status === 'error' && callee.kind === 'call')
      return { execution: callee, item: call.index };
  }
  return null;
}
