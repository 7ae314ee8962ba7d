/** The one recipe by which an event becomes history. Works on an immer draft and on a plain object alike. */

import { boundError, boundRecord, boundText } from './bound.js';
import { castDraft, type Draft } from './draft.js';
import type {
  AttemptEvent,
  CallEvent,
  CardEvent,
  DataObject,
  ErrorData,
  FlowEvent,
  LogEvent,
  ProgressEvent,
  RunEnded,
  RunStarted,
} from './events.js';
import { type CardEntry, type History, type RunEntry, runKey } from './history-state.js';

/** Entries of a page. Small enough to be copied on every step of a followed run. */
const PAGE = 128;
const MAX_FAILURES = 100;
const MAX_RETRIES = 10;

export type HistoryDraft = Draft<History>;
type RunDraft = Draft<RunEntry>;
type CardDraft = Draft<CardEntry>;

/** Changes `history`. Events may come in any order that a run can give them in; what they refer to may be gone. */
export function foldEvent(history: HistoryDraft, event: FlowEvent): void {
  if (event.type === 'run') {
    if (event.phase === 'started') startRun(history, event);
    else endRun(history, event);
    return;
  }
  const run = history.runs[runKey(event.type === 'call' ? event.callerRunId : event.runId)];
  if (run === undefined) {
    history.dropped.events++;
    return;
  }
  switch (event.type) {
    case 'card':
      foldCard(run, event, history);
      break;
    case 'call':
      foldCall(run, event, history);
      break;
    case 'attempt':
      foldAttempt(run, event, history);
      break;
    case 'progress':
      foldProgress(run, event);
      break;
    case 'log':
      foldLog(run, event, history);
      break;
  }
}

function startRun(history: HistoryDraft, event: RunStarted): void {
  const key = runKey(event.runId);
  // A resumed run starts again; what is known of it stays.
  if (history.runs[key] !== undefined) return;
  const number = history.counts.started++;
  history.runs[key] = {
    id: event.runId,
    number,
    rootRunId: event.rootRunId,
    parentRunId: event.parentRunId,
    flow: event.flow,
    flowName: event.flowName,
    kind: event.kind,
    status: 'running',
    startedAt: event.at,
    endedAt: null,
    durationMs: null,
    inputs: bounded(event.inputs, history),
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
  history.started[number] = event.runId;
  history.counts.kept++;
  if (history.counts.kept > history.limits.runs) dropOldest(history, event.runId);
}

/** The run that ended first; when all are under way, the new one. */
function dropOldest(history: HistoryDraft, newest: string): void {
  const { counts } = history;
  const first = history.ended[counts.gone];
  if (first !== undefined) delete history.ended[counts.gone++];
  const key = runKey(first ?? newest);
  const run = history.runs[key];
  if (run !== undefined) delete history.started[run.number];
  delete history.runs[key];
  counts.kept--;
  history.dropped.runs++;
}

function endRun(history: HistoryDraft, event: RunEnded): void {
  const run = history.runs[runKey(event.runId)];
  if (run === undefined || run.status !== 'running') {
    history.dropped.events++;
    return;
  }
  run.status = event.status;
  run.endedAt = event.at;
  run.durationMs = event.durationMs;
  run.outputs = bounded(event.outputs, history);
  run.error = boundedError(event.error, history);
  run.steps = event.steps;
  history.ended[history.counts.ended++] = event.runId;
}

function foldCard(run: RunDraft, event: CardEvent, history: HistoryDraft): void {
  const known = cardOf(run, event.seq);
  const { counts, dropped } = run;
  let card = known;
  if (known === null) {
    if (counts.cards - dropped.cards < history.limits.cards) card = newCard(run, event);
    else if (event.phase === 'started') dropped.cards++;
    if (card !== null || event.phase === 'started') counts.cards++;
  }
  if (event.phase === 'ended' && event.status !== 'success') {
    counts.failures++;
    const { seq, card: id, at } = event;
    if (run.failures.length >= MAX_FAILURES) dropped.failures++;
    else run.failures.push({ seq, card: id, at, error: boundedError(event.error, history) });
  }
  if (card === null) return;
  if (event.inputs !== null) card.inputs = bounded(event.inputs, history);
  if (event.phase === 'started') return;
  card.status = event.status;
  card.durationMs = event.durationMs;
  card.attempts = event.attempts;
  card.outputs = bounded(event.outputs, history);
  card.error = boundedError(event.error, history);
}

function newCard(run: RunDraft, event: CardEvent): CardDraft {
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
  append(run.cards, card);
  return card;
}

/**
 * The entry of one execution. Numbers rise, mostly without gaps, so the place is known but for a few steps.
 * Entries that came out of order are found or not; who is not found is taken for new.
 */
function cardOf(run: RunDraft, seq: number): CardDraft | null {
  const first = run.cards[0]?.[0];
  if (first === undefined) return null;
  const kept = run.counts.cards - run.dropped.cards;
  const guess = seq - first.seq;
  let low = 0;
  let high = kept - 1;
  let at = Math.min(Math.max(guess, low), high);
  while (low <= high) {
    const card = run.cards[Math.floor(at / PAGE)]?.[at % PAGE];
    if (card === undefined) return null;
    if (card.seq === seq) return card;
    if (card.seq < seq) low = at + 1;
    else high = at - 1;
    at = (low + high) >> 1;
  }
  return null;
}

function foldCall(run: RunDraft, event: CallEvent, history: HistoryDraft): void {
  // The end of a call is the end of the callee's run.
  if (event.phase === 'ended') return;
  if (run.counts.calls++ >= history.limits.cards) {
    run.dropped.calls++;
    return;
  }
  const { seq, card, calleeRunId, flow, index, at } = event;
  append(run.calls, { seq, card, calleeRunId, flow, index, at });
}

function foldAttempt(run: RunDraft, event: AttemptEvent, history: HistoryDraft): void {
  const card = cardOf(run, event.seq);
  if (card === null) return;
  const { attempt, at, delayMs } = event;
  card.attempts = attempt + 1;
  card.retries.push({ attempt, at, delayMs, error: castDraft(boundError(event.error, history.limits.valueChars)) });
  if (card.retries.length > MAX_RETRIES) card.retries.shift();
}

function foldProgress(run: RunDraft, event: ProgressEvent): void {
  const card = cardOf(run, event.seq);
  if (card !== null) card.progress = { done: event.done, total: event.total };
}

function foldLog(run: RunDraft, event: LogEvent, history: HistoryDraft): void {
  if (run.counts.logs++ >= history.limits.cards) {
    run.dropped.logs++;
    return;
  }
  const { level, message, card, at } = event;
  append(run.logs, {
    level,
    message: boundText(message, history.limits.valueChars),
    details: bounded(event.details, history),
    card,
    at,
  });
}

function append<T>(pages: T[][], entry: T): void {
  const last = pages.at(-1);
  if (last !== undefined && last.length < PAGE) last.push(entry);
  else pages.push([entry]);
}

function bounded(record: DataObject | null, history: HistoryDraft): Draft<DataObject> | null {
  return castDraft(boundRecord(record, history.limits.valueChars));
}

function boundedError(error: ErrorData | null, history: HistoryDraft): Draft<ErrorData> | null {
  return error === null ? null : castDraft(boundError(error, history.limits.valueChars));
}
