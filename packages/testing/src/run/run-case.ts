/** Runs one case against one engine. */

import type { Case, Suite } from '../cases/types.js';
import { START } from '../clock/start.js';
import { play } from '../life/play.js';
import { matches } from '../match/match.js';
import { asTold } from '../report/as-told.js';
import type { Adapter, BorderRequest, Observed, ReportedDiagnostic, RunRequest } from './adapter.js';
import { caughtErrors } from './caught.js';
import type { Failure } from './failure.js';
import { type CaseRun, type Outcome, within } from './outcome.js';
import { type Prepared, prepare, type Subjects } from './program.js';
import { type CaseService, fillIn, type Services, startService, takeOut } from './service.js';
import { changes, judge, judgeDiagnostics, misnamed, unexpected } from './verdict.js';

/** How one case went. */
export interface CaseResult {
  /** The `suite` of its file. */
  readonly suite: string;
  /** The `id` of the case, unique in its suite. */
  readonly id: string;
  /** Null: the case does not say. */
  readonly proves: string | null;
  /** Where its behaviour is demanded. Null: the case does not say. */
  readonly source: string | null;
  /** `skipped`: not run, and `reason` says why. */
  readonly status: 'passed' | 'failed' | 'skipped';
  /** Why it is skipped. */
  readonly reason?: string;
  /** Empty unless it failed. */
  readonly failures: readonly Failure[];
  /** Milliseconds of real time. */
  readonly durationMs: number;
  /** What happened. Absent: it was not run. */
  readonly run?: CaseRun;
}

/** How one case is run. */
export interface RunCaseOptions {
  /** Milliseconds of real time for both runs of one case; one that takes longer fails. Default 10,000. */
  readonly timeoutMs?: number;
  /** What starts the services that cases talk to, by the name that a case gives. */
  readonly services?: Services;
  /** Gives the document of a case's `subject`. */
  readonly subjects?: Subjects;
  /**
   * `both` (default): once with a listener and once without, which takes other ways through an engine and must come to the
   * same. `heard`: once, with a listener; for tests of flows, not of engines.
   */
  readonly listening?: 'both' | 'heard';
  /** Milliseconds since 1970: a case whose mocks a real service gave before then fails. Default: they do not age. */
  readonly recordedSince?: number;
}

const TIMEOUT_MS = 10_000;
const NO_SUBJECTS: Subjects = {};

/** Runs a case. Never rejects: an engine that breaks, and a script that is faulty, fail the case. */
export async function runCase(
  suite: Suite,
  entry: Case,
  adapter: Adapter,
  options: RunCaseOptions = {},
): Promise<CaseResult> {
  const { id, proves = null, source = null } = entry;
  const base = { suite: suite.suite, id, proves, source, failures: [] };
  const missing = (suite.packs ?? []).find((namespace) => !adapter.namespaces.includes(namespace));
  const reason =
    entry.skip ?? (missing === undefined ? hostless(entry, adapter) : `The engine has no pack "${missing}".`);
  if (reason !== undefined) return { ...base, status: 'skipped', reason, durationMs: 0 };
  const started = performance.now();
  const { failures, run } = await within(options.timeoutMs ?? TIMEOUT_MS, (signal) =>
    outcomeOf(entry, adapter, options, signal),
  );
  const durationMs = performance.now() - started;
  const status = failures.length === 0 ? 'passed' : 'failed';
  return { ...base, status, failures, durationMs, ...(run === null ? {} : { run }) };
}

function hostless({ steps }: Case, { serve }: Adapter): string | undefined {
  return steps !== undefined && serve === undefined ? 'The engine has no host.' : undefined;
}

async function outcomeOf(
  written: Case,
  adapter: Adapter,
  options: RunCaseOptions,
  signal: AbortSignal,
): Promise<Outcome> {
  if (written.steps !== undefined && adapter.serve !== undefined) {
    const { services = {}, timeoutMs = TIMEOUT_MS } = options;
    // A host listens always, and what it does is not done twice.
    return play(written, { serve: adapter.serve, services, signal, patienceMs: timeoutMs / 2 });
  }
  const tried = await attempt(written, adapter, options, signal, []);
  const heard = { ...tried, failures: [...tried.failures, ...aged(written, options)] };
  // Who waits for an event to cancel the run has to listen.
  const isEnough = options.listening === 'heard' || written.cancelOn !== undefined;
  if (isEnough || heard.failures.length > 0 || heard.came === null) return heard;
  const unheard = await attempt(written, adapter, options, signal, null);
  const failures = [...unheard.failures, ...changes(heard.came, unheard.came, written)];
  return {
    ...heard,
    failures: failures.map((failure) => ({ ...failure, where: `${failure.where} (with nobody listening)` })),
  };
}

function aged({ recorded }: Case, { recordedSince }: RunCaseOptions): readonly Failure[] {
  if (recordedSince === undefined || recorded?.at === undefined || Date.parse(recorded.at) >= recordedSince) return [];
  const message = `A real service gave the mocks at ${recorded.at}, and they are too old.`;
  const hint = 'Record the case again: flowdeck test --record --live.';
  return [{ where: 'recorded', code: 'recording-old', message, hint }];
}

/** What a listener heard, as plain data. */
type Heard = Readonly<Record<string, unknown>>[];

interface Attempt extends Outcome {
  /** What came of the run, with placeholders for what a service was given by chance. Null: nothing was run. */
  readonly came: Observed | null;
}

/** @param events Collects what is heard. Null: nobody listens. */
async function attempt(
  written: Case,
  adapter: Adapter,
  options: RunCaseOptions,
  signal: AbortSignal,
  events: Heard | null,
): Promise<Attempt> {
  const service = written.service === undefined ? null : await startService(written.service, options.services ?? {});
  try {
    // The script of the service has its own placeholder, so only what the engine gets is filled in.
    const filled = service === null ? written : fillIn(written, service.facts);
    const prepared = await prepare(filled, options.subjects ?? NO_SUBJECTS);
    const { program } = prepared;
    const { diagnostics } = filled.expect;
    const reported = 'document' in program ? await adapter.check(program.document) : [];
    const judged =
      diagnostics === undefined ? reported.filter(isError).map(unexpected) : judgeDiagnostics(diagnostics, reported);
    // A document with an error cannot be run; what was to be said about it has been judged.
    if (judged.length > 0 || (diagnostics !== undefined && onlyAboutDocument(filled))) {
      return { failures: judged, run: null, came: null };
    }
    const { entry, faults } = (await adapter.named?.(program, filled)) ?? { entry: filled, faults: [] };
    if (faults.length > 0) return { failures: faults.map(misnamed), run: null, came: null };
    // Inputs of a single card are named by the card.
    const inputs = entry.card === undefined ? (entry.inputs ?? {}) : prepared.inputs;
    const named = { ...prepared, flow: entry.run ?? prepared.flow, inputs };
    const observed = await runOnce(entry, adapter, named, service, signal, events);
    const requests = service === null ? [] : service.requests();
    const problems = service === null ? [] : service.problems();
    const heard = events === null ? null : events.map(asTold);
    const caught = heard === null ? null : caughtErrors(heard);
    return {
      failures: judge(entry, { observed, events: heard, caught, requests, problems }),
      run: heard === null ? null : { flow: named.flow ?? null, observed, events: heard, caught: caught ?? [] },
      came: service === null ? observed : takeOut(observed, service.facts),
    };
  } finally {
    await service?.close();
  }
}

/** Warnings and notes are none of a case's business unless it says so; errors are. */
function isError(diagnostic: ReportedDiagnostic): boolean {
  return diagnostic.severity === 'error';
}

function onlyAboutDocument({ expect }: Case): boolean {
  return Object.keys(expect).every((key) => key === 'diagnostics');
}

function runOnce(
  entry: Case,
  adapter: Adapter,
  { program, flow, inputs }: Prepared,
  service: CaseService | null,
  signal: AbortSignal,
  events: Heard | null,
): Promise<Observed> {
  const cancelling = new AbortController();
  const request: RunRequest = {
    runId: 'run',
    ...(flow === undefined ? {} : { flow }),
    inputs,
    options: entry.options ?? {},
    ...(entry.connection === undefined ? {} : { connection: entry.connection }),
    connections: entry.connections ?? {},
    limits: entry.limits ?? {},
    clock: clockOf(entry),
    signals: entry.signals ?? [],
    signal: AbortSignal.any([signal, cancelling.signal]),
    border: borderOf(entry),
    http: httpOf(entry, service),
    onEvent:
      events === null
        ? null
        : (event) => {
            events.push(event);
            if (entry.cancelOn !== undefined && matches(entry.cancelOn, event, 'subset')) cancelling.abort();
          },
  };
  return adapter.run(program, request);
}

function clockOf({ clock }: Case): RunRequest['clock'] {
  if (clock === undefined || clock === 'real') return null;
  return { start: clock === 'instant' ? START : Date.parse(clock.start) };
}

function borderOf({ id, mocks = [], recorded, tables = {}, files = {}, seed = id }: Case): BorderRequest {
  // The subject's host has put rows in place of files of rows.
  const rows = Object.entries(tables).map(([table, given]) => [table, Array.isArray(given) ? given : []]);
  return { mocks, recorded: recorded !== undefined, tables: Object.fromEntries(rows), files, seed };
}

function httpOf({ http }: Case, service: CaseService | null): RunRequest['http'] {
  if (http === false) return null;
  const hosts = [...(http?.allowHosts ?? []), ...(service === null ? [] : [service.host])];
  return { ...http, allowHosts: hosts };
}
