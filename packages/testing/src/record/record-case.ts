/** Records one case: what was called at the border becomes its mocks. */
import type { HttpPort, Pack } from '@flowdeck/engine';
import { isPlainObject } from '@flowdeck/engine/kit';
import type { Case, CaseConnection, Recorded, Suite } from '../cases/types.js';
import { doubles } from '../doubles/adapter.js';
import type { Effect } from '../doubles/effects.js';
import { mocksOf } from '../mocks/record.js';
import type { Mock } from '../mocks/types.js';
import type { Failure } from '../run/failure.js';
import type { Subjects } from '../run/program.js';
import { runCase } from '../run/run-case.js';
import { SecretBook } from './secret-book.js';

/** How a case is recorded. */
export interface RecordOptions {
  /** Packs with real cards. */
  readonly packs: readonly Pack[];
  /** Gives the document of a case's `subject`. */
  readonly subjects: Subjects;
  /** A real service. Default: answers are made up. */
  readonly live?: LiveRecording;
}

/** A real service to record. */
export interface LiveRecording {
  /** The way out: it reaches the named hosts only. */
  readonly http: HttpPort;
  /** Hosts that may be reached. */
  readonly hosts: readonly string[];
  /** By name, with credentials. */
  readonly connections: Readonly<Record<string, CaseConnection>>;
  /** When it is recorded, as ISO text: time begins there in the recording and in each replay. */
  readonly at: string;
  /** Milliseconds for one case. Default 60,000. */
  readonly timeoutMs?: number;
}

/** What a recording found. */
export interface RecordedCase {
  /** Members to put into the case, in place of those that it has; null: to take out. */
  readonly members: Partial<{ readonly [M in RecordedMember]: Case[M] | null }>;
  /** Calls that were recorded. */
  readonly calls: number;
  /** Secrets that placeholders stand for. */
  readonly secrets: number;
  /** Why nothing is to be written. Empty: it is sound. */
  readonly failures: readonly Failure[];
}

/** Members of a case that a recording writes. */
type RecordedMember = 'recorded' | 'mocks' | 'tables' | 'clock' | 'seed' | 'connections';

const LIVE_TIMEOUT_MS = 60_000;

/**
 * Runs a case against made-up answers or a real service, and gives the mocks that repeat it. Secrets of connections, those
 * that are secret by their name, and whatever the service mints become placeholders; where one is left, nothing is to be written.
 *
 * @example
 * const { members, failures } = await recordCase(suite, suite.cases[0], { packs: [standard], subjects });
 */
export async function recordCase(suite: Suite, entry: Case, options: RecordOptions): Promise<RecordedCase> {
  const { packs, subjects, live } = options;
  const { mocks: _, recorded: __, ...rest } = entry;
  const book = new SecretBook();
  const seed = entry.seed ?? live?.at;
  const bare: Case = {
    ...rest,
    ...(seed === undefined ? {} : { seed }),
    ...(live === undefined
      ? {}
      : { connections: { ...entry.connections, ...live.connections }, clock: { start: clockStart(entry, live.at) } }),
    expect: {},
  };
  if (live !== undefined) book.addConnections(bare.connections ?? {});
  const adapter = doubles(
    live === undefined
      ? { packs, unforeseen: 'make-up-answers' }
      : { packs, live: { http: live.http, onExchange: (request, response) => learn(book, request, response) } },
  );
  const { run, failures } = await runCase(suite, bare, adapter, {
    listening: 'heard',
    subjects,
    ...(live === undefined ? {} : { timeoutMs: live.timeoutMs ?? LIVE_TIMEOUT_MS }),
  });
  // How the run ended is what the recording is to find out; that a call found no answer, or a name nothing, spoils it.
  const spoiling = failures.filter(({ where }) => where !== 'status' && where !== 'caught');
  const border = run?.observed.border;
  if (spoiling.length > 0 || border === undefined) {
    return { members: {}, calls: 0, secrets: 0, failures: spoiling.length > 0 ? spoiling : failures };
  }
  const words = await headerWords(bare, subjects);
  // What was made up is nobody's secret.
  if (live !== undefined)
    for (const { inputs, outputs } of border.effects) book.learnMembers([inputs, outputs], 'service');
  const effects =
    live === undefined ? border.effects : book.hide(border.effects.map((effect) => withReadHeaders(effect, words)));
  const mocks = mocksOf(effects);
  const members = membersOf(entry, bare, { mocks, madeRows: border.madeRows, book, live });
  const shown = book.shownIn(JSON.stringify({ ...rest, ...members }));
  if (shown !== null) {
    const message = `The recording would show ${shown}.`;
    const hint = 'A secret stands in what is to be written in a form that is not known: nothing was written.';
    return {
      members: {},
      calls: 0,
      secrets: 0,
      failures: [{ where: 'case', code: 'recording-secret', message, hint }],
    };
  }
  return { members, calls: border.effects.length, secrets: book.size, failures: [] };
}

function clockStart({ clock }: Case, at: string): string {
  return typeof clock === 'object' ? clock.start : at;
}

interface Found {
  readonly mocks: readonly Mock[];
  readonly madeRows: NonNullable<Case['tables']>;
  readonly book: SecretBook;
  readonly live: LiveRecording | undefined;
}

function membersOf(entry: Case, bare: Case, { mocks, madeRows, book, live }: Found): RecordedCase['members'] {
  const recorded: Recorded =
    live === undefined ? { from: 'simulation' } : { from: 'live', hosts: [...live.hosts].sort(), at: live.at };
  const ofRows = Object.keys(madeRows).length === 0 ? {} : { tables: withRows(entry.tables ?? {}, madeRows) };
  if (mocks.length === 0) return { recorded: null, mocks: null };
  if (live === undefined) return { recorded, mocks, ...ofRows };
  const { clock, seed, connections = {} } = bare;
  const hidden = Object.keys(connections).length === 0 ? {} : { connections: book.hide(connections) };
  return { recorded, ...(seed === undefined ? {} : { seed }), ...(clock ? { clock } : {}), ...hidden, mocks };
}

function withRows(tables: NonNullable<Case['tables']>, made: Found['madeRows']): NonNullable<Case['tables']> {
  const added = Object.entries(made).map(([table, rows]) => {
    const known = tables[table];
    return [table, [...(Array.isArray(known) ? known : []), ...(Array.isArray(rows) ? rows : [])]] as const;
  });
  return { ...tables, ...Object.fromEntries(added) };
}

type Exchange = Parameters<NonNullable<NonNullable<Parameters<typeof doubles>[0]['live']>['onExchange']>>;

function learn(book: SecretBook, request: Exchange[0], response: Exchange[1]): void {
  book.learnNamed(request.headers, 'request');
  if (URL.canParse(request.url)) book.learnNamed(Object.fromEntries(new URL(request.url).searchParams), 'request');
  if (typeof request.body === 'string') book.learnBody(request.body, 'request');
  if (response === null) return;
  book.learnNamed(response.headers, 'service');
  for (const cookie of response.setCookie ?? []) {
    const [, value = ''] = /^[^=]+=([^;]*)/.exec(cookie) ?? [];
    book.add(value, 'service.cookie');
  }
  book.learnBody(new TextDecoder().decode(response.body), 'service');
}

/** Headers that mean something to the engine, whatever a flow reads. */
const MEANT = new Set(['content-type', 'location', 'retry-after']);

/** Texts of the document, in lower case: a header that none of them names is read by nobody. */
async function headerWords({ subject, ...program }: Case, { document }: Subjects): Promise<string> {
  const read = subject === undefined ? program : await document?.(subject);
  return JSON.stringify(read ?? null).toLowerCase();
}

/** An effect of HTTP with the headers that somebody reads, sorted, so that a second recording is the same. */
function withReadHeaders(effect: Effect, words: string): Effect {
  const headers = effect.outputs?.['headers'];
  if (effect.kind !== 'http' || !isPlainObject(headers)) return effect;
  const kept = Object.entries(headers)
    .filter(([name]) => MEANT.has(name) || words.includes(`${name}"`) || words.includes(`/${name}`))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return { ...effect, outputs: { ...effect.outputs, headers: Object.fromEntries(kept) } };
}
