/** Judges what an engine did by what a case expects. */
import { isPlainObject, toData } from '@flowdeck/engine/kit';
import type { Expectation } from '../cases/expectation.js';
import type { Case } from '../cases/types.js';
import type { Difference } from '../match/difference.js';
import { differences, matches } from '../match/match.js';
import type { ShapeFault } from '../shape/fault.js';
import type { Observed } from './adapter.js';
import type { CaughtError } from './caught.js';
import type { Failure } from './failure.js';
import { judgeBorder, judgeProblems, LACKING } from './judge-border.js';

/** What was seen beside the result of the run. */
export interface Evidence {
  readonly observed: Observed;
  /** Null: nobody listened. */
  readonly events: readonly Readonly<Record<string, unknown>>[] | null;
  /** Null: nobody listened. */
  readonly caught: readonly CaughtError[] | null;
  readonly requests: readonly Readonly<Record<string, unknown>>[];
  /** What the service complains about. */
  readonly problems: readonly string[];
}

type Events = NonNullable<Evidence['events']>;

export function judge(entry: Case, evidence: Evidence): readonly Failure[] {
  const { expect } = entry;
  const { observed, events } = evidence;
  const status = expect.status ?? (expect.error === undefined ? 'success' : 'error');
  const unforeseen = observed.border === undefined ? [] : judgeProblems(observed.border);
  if (observed.status !== status) {
    // The rest would only repeat it.
    return [...unforeseen, { where: 'status', expected: status, actual: observed.status, ...because(observed) }];
  }
  const caught = evidence.caught ?? [];
  return [
    ...unforeseen,
    ...(observed.border === undefined ? [] : judgeBorder(expect, observed.border, caught)),
    ...compared('outputs', expect.outputs, observed.outputs, 'exact'),
    ...compared('value', expect.value, observed.value, 'exact'),
    ...compared('error', expect.error, observed.error, 'subset'),
    ...compared('answer', expect.answer, observed.answer, 'exact'),
    ...compared('children', expect.children, observed.children, 'subset'),
    ...compared('ignored', expect.ignored, observed.ignored, 'subset'),
    ...compared('tableChanges', expect.tableChanges, observed.tables, 'subset'),
    ...compared('waits', expect.waits, observed.waits, 'exact'),
    ...compared('durationMs', expect.durationMs, observed.durationMs, 'exact'),
    ...compared('steps', expect.steps, observed.steps, 'exact'),
    ...compared('requests', expect.requests, evidence.requests, 'subset'),
    ...(events === null ? [] : compared('ran', expect.ran, cardsThatRan(events), 'exact')),
    ...(events === null ? [] : notRun(expect.notRan ?? [], events)),
    ...(events === null ? [] : inOrder(expect.events ?? [], events)),
    ...evidence.problems.map((message) => ({ where: 'service', message })),
    ...shown(secretsOf(entry), evidence),
  ];
}

/**
 * How the second of two runs of a case differs from the first. Time is compared only where the case sets it, and not how far
 * a run came and by which error it ended where the case takes one of several: two limits may race.
 */
export function changes(first: Observed, second: Observed | null, { clock, expect }: Case): readonly Failure[] {
  if (second === null) return [];
  const timed = clock === undefined || clock === 'real' ? [] : (['waits', 'durationMs'] as const);
  const raced = leavesCodeOpen(expect) ? [] : (['error', 'steps'] as const);
  const compares = [
    ...(['status', 'outputs', 'value', 'answer', 'children', 'ignored', 'tables'] as const),
    ...raced,
    ...timed,
  ];
  return compares.flatMap((member) =>
    compared(member, toData(first[member]), toData(second[member]), 'exact')
      .filter(({ expected, actual }) => !(isOfToday(expected) && isOfToday(actual)))
      .map((failure) => ({ ...failure, message: 'is not what it is with a listener' })),
  );
}

/** True for a pattern in place of a code. */
function leavesCodeOpen({ error }: Expectation): boolean {
  return isPlainObject(error) && isPlainObject(error['code']);
}

/** An hour, in milliseconds. */
const TODAY_MS = 3_600_000;

/** Text that is a moment of the real world, which every run has its own of: a service's `Date`, the start of a run. */
function isOfToday(value: unknown): boolean {
  return typeof value === 'string' && /:\d\d/.test(value) && Math.abs(Date.parse(value) - Date.now()) < TODAY_MS;
}

/** Judges what was reported about a document. */
export function judgeDiagnostics(
  expected: NonNullable<Expectation['diagnostics']>,
  found: readonly Readonly<Record<string, unknown>>[],
): readonly Failure[] {
  const left = [...found];
  const missing = expected.filter((each) => {
    const index = left.findIndex((diagnostic) =>
      matches(typeof each === 'string' ? { code: each } : each, diagnostic, 'subset'),
    );
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
  return [
    ...missing.map((each) => ({ where: 'diagnostics', message: 'is not reported', expected: each, actual: found })),
    ...left.map(unexpected),
  ];
}

/** A name in the case that its program does not have. */
export function misnamed({ pointer, message, hint }: ShapeFault): Failure {
  return { where: pointer.slice(1), code: 'mock-unknown', message, hint };
}

export function unexpected(diagnostic: Readonly<Record<string, unknown>>): Failure {
  return { where: 'diagnostics', message: 'is not expected', actual: diagnostic };
}

/** The error in words. What a mock lacks was told before; it only ended the run. */
function because({ error }: Observed): Pick<Failure, 'message' | 'hint'> {
  if (error === null) return {};
  const { code, message, statusCode, at, hint } = error;
  const place = isPlainObject(at)
    ? ` at ${[at['flow'], at['card']].filter((name) => typeof name === 'string').join('/')}`
    : '';
  if (typeof code === 'string' && LACKING.has(code)) return { message: `ended by that${place}` };
  const status = typeof statusCode === 'number' ? `, status ${statusCode}` : '';
  return { message: `${message} (${code}${status})${place}`, ...(typeof hint === 'string' ? { hint } : {}) };
}

function compared(where: string, expected: unknown, actual: unknown, strictness: 'exact' | 'subset'): Failure[] {
  if (expected === undefined) return [];
  return differences(expected, actual, strictness).map(({ pointer, ...rest }: Difference) => ({
    where: where + pointer,
    ...rest,
  }));
}

/** @param cards `card`, or `flow/card`. */
function notRun(cards: readonly string[], events: Events): Failure[] {
  const flows = new Map(
    events.filter(({ type }) => type === 'execution').map(({ executionId, flow }) => [executionId, String(flow)]),
  );
  const began = new Set(
    events
      .filter(({ type, phase }) => type === 'card' && phase === 'started')
      .flatMap(({ executionId, card }) => [String(card), `${flows.get(executionId)}/${String(card)}`]),
  );
  return cards.flatMap((card, index) =>
    began.has(card) ? [{ where: `notRan/${index}`, message: `${card} ran` }] : [],
  );
}

/** Cards that the author gave no id have one that begins with an underscore. */
function cardsThatRan(events: Events): readonly unknown[] {
  return events
    .filter((event) => event['type'] === 'card' && event['phase'] === 'started')
    .map((event) => event['card'])
    .filter((card) => typeof card === 'string' && !card.startsWith('_'));
}

function inOrder(expected: readonly unknown[], events: Events): Failure[] {
  let at = 0;
  for (const [index, each] of expected.entries()) {
    const found = events.findIndex((event, position) => position >= at && matches(each, event, 'subset'));
    if (found < 0) {
      const where = `events/${index}`;
      return [{ where, message: 'does not happen, or not in this order', expected: each, actual: events.slice(at) }];
    }
    at = found + 1;
  }
  return [];
}

/** Shorter texts occur by chance. */
const LEAST_SECRET = 6;

function secretsOf({ connections = {}, expect }: Case): readonly string[] {
  const credentials = Object.values(connections).flatMap((connection) => Object.values(connection.auth ?? {}));
  const texts = credentials.filter((value): value is string => typeof value === 'string');
  return [...texts.filter((text) => text.length >= LEAST_SECRET), ...(expect.hides ?? [])];
}

function shown(secrets: readonly string[], { events, observed }: Evidence): Failure[] {
  if (secrets.length === 0) return [];
  const places = [
    ...(events ?? []).map((event) => ({ where: `events (${String(event['type'])})`, text: textOf(event) })),
    { where: 'error', text: textOf(observed.error) },
    ...(['children', 'ignored', 'tables'] as const).map((where) => ({ where, text: textOf(observed[where]) })),
  ];
  return secrets.flatMap((secret) => {
    const place = places.find(({ text }) => text.includes(secret));
    return place ? [{ where: place.where, message: `shows the secret ${JSON.stringify(secret)}` }] : [];
  });
}

/** Every text in a value, keys included, as it is: quoting would hide a secret with a quotation mark. */
function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join('\n');
  if (isPlainObject(value))
    return Object.entries(value)
      .map(([key, inner]) => `${key}\n${textOf(inner)}`)
      .join('\n');
  return String(value);
}
