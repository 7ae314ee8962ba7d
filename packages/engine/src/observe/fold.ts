/** The one recipe by which an event becomes history. Works on an immer draft and on a plain object alike. */

import type { DataObject } from '../values/index.js';
import { boundError, boundRecord, boundText } from './bound.js';
import { castDraft, type Draft } from './draft.js';
import type {
  AttemptEvent,
  CallEvent,
  CardEvent,
  ErrorData,
  ExecutionEnded,
  ExecutionStarted,
  FlowEvent,
  LogEvent,
  ProgressEvent,
} from './events.js';
import { type CardEntry, type ExecutionEntry, executionKey, type History } from './history-state.js';

/** Entries of a page. Small enough to be copied on every step of a followed execution. */
const PAGE = 128;
const MAX_FAILURES = 100;
const MAX_RETRIES = 10;

export type HistoryDraft = Draft<History>;
export type ExecutionDraft = Draft<ExecutionEntry>;
type CardDraft = Draft<CardEntry>;

/** Changes `history`. Events may come in any order that a run can give them in; what they refer to may be gone. */
export function foldEvent(history: HistoryDraft, event: FlowEvent): void {
  if (event.type === 'execution') {
    if (event.phase === 'started') beginExecution(history, event);
    else endExecution(history, event);
    return;
  }
  const execution =
    history.executions[executionKey(event.type === 'call' ? event.callerExecutionId : event.executionId)];
  if (execution === undefined) {
    history.dropped.events++;
    return;
  }
  switch (event.type) {
    case 'card':
      foldCard(execution, event, history);
      break;
    case 'call':
      foldCall(execution, event, history);
      break;
    case 'attempt':
      foldAttempt(execution, event, history);
      break;
    case 'progress':
      foldProgress(execution, event);
      break;
    case 'log':
      foldLog(execution, event, history);
      break;
  }
}

function beginExecution(history: HistoryDraft, event: ExecutionStarted): void {
  const key = executionKey(event.executionId);
  // A resumed execution starts again; what is known of it stays.
  if (history.executions[key] !== undefined) return;
  const number = history.counts.started++;
  history.executions[key] = {
    id: event.executionId,
    number,
    runId: event.runId,
    parentExecutionId: event.parentExecutionId,
    flow: event.flow,
    flowName: event.flowName,
    kind: event.kind,
    status: 'running',
    startedAt: event.at,
    endedAt: null,
    durationMs: null,
    inputs: boundedRecord(event.inputs, history),
    outputs: null,
    error: null,
    steps: 0,
    cards: [],
    calls: [],
    failures: [],
    logs: [],
    counts: { cards: 0, calls: 0, failures: 0, logs: 0 },
    dropped: { cards: 0, calls: 0, failures: 0, logs: 0 },
  };
  history.started[number] = event.executionId;
  history.counts.kept++;
  if (history.counts.kept > history.limits.executions) dropOldest(history, event.executionId);
}

/** The execution that ended first; when all are under way, the new one. */
function dropOldest(history: HistoryDraft, newest: string): void {
  const { counts } = history;
  const first = history.ended[counts.gone];
  if (first !== undefined) delete history.ended[counts.gone++];
  const key = executionKey(first ?? newest);
  const execution = history.executions[key];
  if (execution !== undefined) delete history.started[execution.number];
  delete history.executions[key];
  counts.kept--;
  history.dropped.executions++;
}

function endExecution(history: HistoryDraft, event: ExecutionEnded): void {
  const execution = history.executions[executionKey(event.executionId)];
  if (execution === undefined || execution.status !== 'running') {
    history.dropped.events++;
    return;
  }
  execution.status = event.status;
  execution.endedAt = event.at;
  execution.durationMs = event.durationMs;
  execution.outputs = boundedRecord(event.outputs, history);
  execution.error = boundedError(event.error, history);
  execution.steps = event.steps;
  history.ended[history.counts.ended++] = event.executionId;
}

function foldCard(execution: ExecutionDraft, event: CardEvent, history: HistoryDraft): void {
  const known = cardOf(execution, event.seq);
  const { counts, dropped } = execution;
  let card = known;
  if (known === null) {
    if (counts.cards - dropped.cards < history.limits.cards) card = newCard(execution, event);
    else if (event.phase === 'started') dropped.cards++;
    if (card !== null || event.phase === 'started') counts.cards++;
  }
  if (event.phase === 'ended' && event.status !== 'success') {
    counts.failures++;
    const { seq, card: id, at } = event;
    if (execution.failures.length >= MAX_FAILURES) dropped.failures++;
    else execution.failures.push({ seq, card: id, at, error: boundedError(event.error, history) });
  }
  if (card === null) return;
  if (event.inputs !== null) card.inputs = boundedRecord(event.inputs, history);
  if (event.phase === 'started') return;
  card.status = event.status;
  card.durationMs = event.durationMs;
  card.attempts = event.attempts;
  card.outputs = boundedRecord(event.outputs, history);
  card.error = boundedError(event.error, history);
}

function newCard(execution: ExecutionDraft, event: CardEvent): CardDraft {
  const card: CardDraft = {
    seq: event.seq,
    card: event.card,
    cardType: event.cardType,
    title: event.title,
    path: castDraft(event.path),
    status: 'running',
    // Heard of for the first time at its end, it started earlier.
    startedAt: event.phase === 'started' ? event.at : event.at - event.durationMs,
    durationMs: null,
    attempts: 1,
    retries: [],
    inputs: null,
    outputs: null,
    error: null,
    progress: null,
  };
  append(execution.cards, card);
  return card;
}

/**
 * The entry of one execution. Numbers rise, mostly without gaps, so the place is known but for a few steps.
 * Entries that came out of order are found or not; who is not found is taken for new.
 */
function cardOf(execution: ExecutionDraft, seq: number): CardDraft | null {
  const first = execution.cards[0]?.[0];
  if (first === undefined) return null;
  const kept = execution.counts.cards - execution.dropped.cards;
  const guess = seq - first.seq;
  let low = 0;
  let high = kept - 1;
  let at = Math.min(Math.max(guess, low), high);
  while (low <= high) {
    const card = execution.cards[Math.floor(at / PAGE)]?.[at % PAGE];
    if (card === undefined) return null;
    if (card.seq === seq) return card;
    if (card.seq < seq) low = at + 1;
    else high = at - 1;
    at = (low + high) >> 1;
  }
  return null;
}

function foldCall(execution: ExecutionDraft, event: CallEvent, history: HistoryDraft): void {
  // The end of a call is the end of the callee's execution.
  if (event.phase === 'ended') return;
  if (execution.counts.calls++ >= history.limits.cards) {
    execution.dropped.calls++;
    return;
  }
  const { seq, card, calleeExecutionId, flow, index, at } = event;
  append(execution.calls, { seq, card, calleeExecutionId, flow, index, at });
}

function foldAttempt(execution: ExecutionDraft, event: AttemptEvent, history: HistoryDraft): void {
  const card = cardOf(execution, event.seq);
  if (card === null) return;
  const { attempt, at, delayMs } = event;
  card.attempts = attempt + 1;
  card.retries.push({ attempt, at, delayMs, error: castDraft(boundError(event.error, history.limits.valueChars)) });
  if (card.retries.length > MAX_RETRIES) card.retries.shift();
}

function foldProgress(execution: ExecutionDraft, event: ProgressEvent): void {
  const card = cardOf(execution, event.seq);
  if (card !== null) card.progress = { done: event.done, total: event.total };
}

function foldLog(execution: ExecutionDraft, event: LogEvent, history: HistoryDraft): void {
  if (execution.counts.logs++ >= history.limits.cards) {
    execution.dropped.logs++;
    return;
  }
  const { level, message, card, at } = event;
  append(execution.logs, {
    level,
    message: boundText(message, history.limits.valueChars),
    details: boundedRecord(event.details, history),
    card,
    at,
  });
}

function append<T>(pages: T[][], entry: T): void {
  const last = pages.at(-1);
  if (last !== undefined && last.length < PAGE) last.push(entry);
  else pages.push([entry]);
}

function boundedRecord(record: DataObject | null, history: HistoryDraft): Draft<DataObject> | null {
  return castDraft(boundRecord(record, history.limits.valueChars));
}

function boundedError(error: ErrorData | null, history: HistoryDraft): Draft<ErrorData> | null {
  return error === null ? null : castDraft(boundError(error, history.limits.valueChars));
}
