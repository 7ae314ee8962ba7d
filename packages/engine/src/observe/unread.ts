/** What a history was told of cards while nobody read it: kept as it came, which takes less time and room than entries. */
import { fitsRecord } from './bound.js';
import type { CardEvent } from './events.js';
import { type ExecutionDraft, foldEvent, type HistoryDraft } from './fold.js';
import { executionKey } from './history-state.js';
import type { CardTrace } from './trace.js';

/** Cards of one execution that stay unread; with more they become entries, of which there is a limit. */
const MOST_UNREAD = 1024;

/** Of one execution, in order. */
interface Unread {
  readonly told: (CardEvent | CardTrace)[];
  cards: number;
}

export class UnreadCards {
  /** An execution that a history lets go of takes what is unread of it along. */
  readonly #of = new WeakMap<ExecutionDraft, Unread>();

  /** Keeps it for later, unless its execution is not there, or it holds on to more than an entry would. */
  keep(history: HistoryDraft, told: CardEvent | CardTrace): void {
    const execution = history.executions[executionKey(told.executionId)];
    if (execution === undefined || !isWithin(told, history.limits.valueChars)) {
      if (execution !== undefined) this.#read(history, execution);
      foldCards(history, told);
      return;
    }
    let unread = this.#of.get(execution);
    if (unread === undefined) {
      unread = { told: [], cards: 0 };
      this.#of.set(execution, unread);
    }
    unread.told.push(told);
    unread.cards += told.type === 'trace' ? told.length : 1;
    if (unread.cards > MOST_UNREAD) this.#read(history, execution);
  }

  /** Makes entries of what is unread of an execution. */
  read(history: HistoryDraft, executionId: string): void {
    const execution = history.executions[executionKey(executionId)];
    if (execution !== undefined) this.#read(history, execution);
  }

  /** The same for all executions. */
  readAll(history: HistoryDraft): void {
    for (const execution of Object.values(history.executions)) this.#read(history, execution);
  }

  #read(history: HistoryDraft, execution: ExecutionDraft): void {
    const unread = this.#of.get(execution);
    if (unread === undefined) return;
    this.#of.delete(execution);
    for (const told of unread.told) foldCards(history, told);
  }
}

/** Folds an event of a card, or those of a trace. */
export function foldCards(history: HistoryDraft, told: CardEvent | CardTrace): void {
  if (told.type === 'trace') for (const event of told.events()) foldEvent(history, event);
  else foldEvent(history, told);
}

/** A trace holds slight values only. */
function isWithin(told: CardEvent | CardTrace, chars: number): boolean {
  if (told.type === 'trace') return true;
  if (!fitsRecord(told.inputs, chars)) return false;
  return told.phase === 'started' || (fitsRecord(told.outputs, chars) && told.error === null);
}
