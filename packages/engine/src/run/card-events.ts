/** The events of a card, from what was seen of it. */
import type { CardEvent, ErrorData } from '../observe/index.js';
import type { Step } from '../plan/index.js';
import type { DataObject } from '../values/index.js';
import type { Execution } from './execution.js';

/** What the end of a card tells besides how it ended. */
export interface SeenCard {
  /** Number of the execution of the card in that of its flow. */
  readonly seq: number;
  readonly attempts: number;
  readonly seenInputs: DataObject | null;
  readonly seenOutputs: DataObject | null;
}

/** The execution that an event of a card is told of. */
export type ToldOf = Pick<Execution, 'runId' | 'executionId'>;

// Events are written out member by member: a literal of known shape costs a tenth of one that spreads another.

export function cardStarted(step: Step, { runId, executionId }: ToldOf, seq: number, at: number): CardEvent {
  return {
    type: 'card',
    phase: 'started',
    at,
    runId,
    executionId,
    seq,
    card: step.id,
    cardType: step.card.id,
    title: step.title,
    path: step.path,
    inputs: null,
  };
}

export function cardEnded(
  step: Step,
  { runId, executionId }: ToldOf,
  seen: SeenCard,
  error: ErrorData | null,
  at: number,
  durationMs: number,
): CardEvent {
  return {
    type: 'card',
    phase: 'ended',
    at,
    runId,
    executionId,
    seq: seen.seq,
    card: step.id,
    cardType: step.card.id,
    title: step.title,
    path: step.path,
    status: error === null ? 'success' : 'error',
    attempts: seen.attempts,
    inputs: seen.seenInputs,
    outputs: seen.seenOutputs,
    error,
    durationMs,
  };
}
