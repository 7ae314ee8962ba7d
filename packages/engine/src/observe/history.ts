/** History: a fold of events, cheap while nobody looks, with patches for those who follow. */
import { enablePatches, Immer } from 'immer';
import type { Logger } from '../ports/index.js';
import type { FlowEvent } from './events.js';
import { foldEvent, type HistoryDraft } from './fold.js';
import { harmlessLogger } from './handler.js';
import { emptyHistory, type History } from './history-state.js';
import { type CardTrace, takingTraces } from './trace.js';
import { foldCards, UnreadCards } from './unread.js';

/** A change of a history, as data: `{op, path, value}` of immer. */
export interface HistoryPatch {
  /** What happens at `path`. */
  readonly op: 'replace' | 'remove' | 'add';
  /** Names and positions from the history itself down to the place. */
  readonly path: readonly (string | number)[];
  /** What stands there then; absent for `remove`. */
  readonly value?: unknown;
}

/**
 * Told of every change of a history. `patches` lead from the state before to `state`, `inverse` back again, both by
 * `patchHistory`.
 */
export type HistoryFollower = (
  state: History,
  patches: readonly HistoryPatch[],
  inverse: readonly HistoryPatch[],
) => void;

/** How much a history keeps. What goes beyond is counted in `dropped`. */
export interface HistoryOptions {
  /** Executions that are kept. Default 1,000. */
  readonly maxExecutions?: number;
  /** Cards of one execution that are kept, calls and log lines likewise. Default 10,000. */
  readonly maxCards?: number;
  /** Characters of the JSON text of one record of inputs or outputs, roughly. Default 20,000. */
  readonly maxValueChars?: number;
  /** Hears of followers that fail. */
  readonly logger?: Logger;
}

/** Folds events into a history, and tells followers how it changes. */
export interface HistoryRecorder {
  /**
   * Takes an event. Costs next to nothing: folding waits until somebody looks, or until many events wait. Registered as it
   * is, as by `engine.on('*', history.record)`, it is told of cards that hold small values in one piece, without events,
   * while no other handler hears of cards: a quarter of the time.
   */
  readonly record: (event: FlowEvent) => void;
  /** The history up to now. Immutable, and sharing with earlier ones what did not change. */
  state(): History;
  /**
   * Follows the history: `follower` is called once per microtask in which something changed, and at `flush`.
   * Begin with `state()`. Returns a function that ends it.
   */
  follow(follower: HistoryFollower): () => void;
  /** Folds what waits and tells the followers now. */
  flush(): void;
}

/** Events that may wait. They hold on to their values; folding cuts those that are large. */
const MAX_WAITING = 1024;

/**
 * Makes a history. Feed it from an observer.
 *
 * @example
 * const history = createHistory();
 * observer.on('*', history.record);
 * for (const execution of executionsOf(history.state())) console.log(execution.flowName, execution.status);
 */
export function createHistory(options: HistoryOptions = {}): HistoryRecorder {
  const immer = immerForHistories();
  const followers = new Set<HistoryFollower>();
  let state = emptyHistory(limitsOf(options));
  /** Nobody has seen `state` yet, so it may be changed in place. */
  let own = true;
  let waiting: (FlowEvent | CardTrace)[] = [];
  const unread = new UnreadCards();
  const updates: Parameters<HistoryFollower>[] = [];
  let telling = false;
  let scheduled = false;

  const fold = () => {
    if (waiting.length === 0) return;
    const batch = waiting;
    waiting = [];
    for (const told of batch) if (told.type === 'trace') told.close();
    // A draft of immer's and a history of our own are changed by the same recipe.
    const recipe = (draft: unknown): void => {
      for (const told of batch) foldTold(draft as HistoryDraft, told); // see above
    };
    if (followers.size > 0) {
      const [next, patches, inverse] = immer.produceWithPatches(state, recipe);
      state = next;
      if (patches.length > 0) updates.push([next, patches, inverse]);
    } else if (own) {
      for (const told of batch) foldLater(ownDraft(state), told, unread);
    } else {
      state = immer.produce(state, recipe);
    }
  };

  const logger = options.logger === undefined ? undefined : harmlessLogger(options.logger);
  const tell = () => {
    // A follower may record or look itself: what comes of it is told after this, to all in the same order.
    if (telling) return;
    telling = true;
    for (let update = updates.shift(); update !== undefined; update = updates.shift()) {
      for (const follower of followers) notify(follower, update, logger);
    }
    telling = false;
  };

  const flush = () => {
    fold();
    tell();
  };

  const schedule = () => {
    scheduled = true;
    void Promise.resolve().then(() => {
      scheduled = false;
      flush();
    });
  };

  const take = (told: FlowEvent | CardTrace) => {
    waiting.push(told);
    if (followers.size > 0 && !scheduled) schedule();
    if (waiting.length >= MAX_WAITING) flush();
  };

  /** From now on others know the state. */
  const show = (): History => {
    flush();
    if (own) unread.readAll(ownDraft(state));
    own = false;
    return state;
  };

  return {
    record: takingTraces((event) => take(event), take),
    state: show,
    follow(follower) {
      show();
      // Twice the same function follows twice.
      const each: HistoryFollower = (...update) => follower(...update);
      followers.add(each);
      return () => {
        flush();
        followers.delete(each);
      };
    },
    flush,
  };
}

/**
 * The history that patches lead to: forward with a follower's `patches`, back with its `inverse`.
 * Throws when they do not belong to this history.
 */
export function patchHistory(history: History, patches: readonly HistoryPatch[]): History {
  // Ours are immer's patches, only read-only.
  return immerForHistories().applyPatches(history, patches as Parameters<Immer['applyPatches']>[1]);
}

/** A history that nobody else knows, as its own draft. */
function ownDraft(history: unknown): HistoryDraft {
  return history as HistoryDraft; // see above
}

function foldTold(history: HistoryDraft, told: FlowEvent | CardTrace): void {
  if (told.type === 'trace' || told.type === 'card') foldCards(history, told);
  else foldEvent(history, told);
}

/** The same, while nobody reads: what is told of cards is kept as it is. */
function foldLater(history: HistoryDraft, told: FlowEvent | CardTrace, unread: UnreadCards): void {
  if (told.type === 'trace' || told.type === 'card') {
    unread.keep(history, told);
    return;
  }
  // These two look for the entry of their card.
  if (told.type === 'attempt' || told.type === 'progress') unread.read(history, told.executionId);
  foldEvent(history, told);
}

/** Values in a history belong to others, so they are not frozen. */
function immerForHistories(): Immer {
  enablePatches();
  return new Immer({ autoFreeze: false });
}

function limitsOf(options: HistoryOptions): Partial<History['limits']> {
  return {
    ...(options.maxExecutions === undefined ? {} : { executions: Math.max(1, options.maxExecutions) }),
    ...(options.maxCards === undefined ? {} : { cards: Math.max(0, options.maxCards) }),
    ...(options.maxValueChars === undefined ? {} : { valueChars: Math.max(0, options.maxValueChars) }),
  };
}

function notify(follower: HistoryFollower, update: Parameters<HistoryFollower>, logger: Logger | undefined): void {
  try {
    follower(...update);
  } catch (error) {
    logger?.log('error', 'A follower of the history failed.', { error: String(error) });
  }
}
