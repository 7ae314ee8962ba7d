/** `flowdeck test --record`: writes mocks of cases that have none, by made-up answers or by a real service. */
import { DocumentError } from '@flowdeck/engine';
import { isPlainObject } from '@flowdeck/engine/kit';
import type { Case, CaseConnection, LiveRecording, RecordedCase } from '@flowdeck/testing';
import type { Arguments } from '../arguments.js';
import { lazyHttp } from '../engine/http.js';
import { UsageError } from '../errors.js';
import { paletteFor } from '../output/colour.js';
import { count, plain, prettyJson } from '../output/text.js';
import { readConnections } from '../run/connections.js';
import { writeText } from '../system/files.js';
import type { Io } from '../system/io.js';
import { quickClock } from '../system/ports.js';
import { type ChosenCase, isCi } from './choose.js';
import type { TestFile } from './files.js';
import type { Subjects } from './subjects.js';

/** Options that mean something only with a real service. */
const LIVE_ONLY = ['allow-host', 'connection'] as const;

/** @throws UsageError `record-in-ci`, `test-option`. */
export function checkRecording(args: Arguments, io: Io): void {
  const isLive = args.has('live');
  const stray = LIVE_ONLY.find((name) => args.has(name) && !isLive) ?? (isLive && !args.has('record') ? 'live' : null);
  if (stray !== null) {
    throw new UsageError('test-option', `--${stray} is for recording a real service.`, {
      hint: 'flowdeck test FILE --record --live --allow-host HOST',
    });
  }
  if (!args.has('record')) return;
  if (isCi(io)) {
    throw new UsageError('record-in-ci', 'Nothing is recorded in CI.', {
      hint: 'Run flowdeck test --record on your own machine, look at what it wrote, and commit it.',
    });
  }
  if (isLive && !args.has('allow-host')) {
    throw new UsageError('test-option', '--live needs the hosts that may be reached.', {
      hint: 'Name each of them: --allow-host api.example.com',
    });
  }
}

export interface RecordRequest {
  readonly cases: readonly ChosenCase[];
  readonly subjects: Subjects;
  readonly args: Arguments;
  readonly io: Io;
}

/**
 * Records the cases without mocks, and anew those that were recorded the same way; the files of those that could be recorded
 * are written. Tells what became of each; how many could not be recorded.
 *
 * @throws UsageError `recording-mixed`, and of connections and hosts.
 */
export async function recordCases({ cases, subjects, args, io }: RecordRequest): Promise<number> {
  const kind = args.has('live') ? 'live' : 'simulation';
  for (const { file, entry } of cases) refuseMixed(entry, kind, file.path);
  const service = args.has('live') ? await openService(args, io) : null;
  try {
    const recorded = new Map<TestFile, Map<string, RecordedCase['members']>>();
    let failed = 0;
    for (const chosen of cases) {
      if (chosen.entry.skip !== undefined || io.signal.aborted) continue;
      const { members, line, isFailed } = await recordOne(chosen, subjects, service?.live ?? null, io);
      io.stderr.write(line);
      if (isFailed) failed++;
      if (members === null) continue;
      const ofFile = recorded.get(chosen.file) ?? new Map<string, RecordedCase['members']>();
      recorded.set(chosen.file, ofFile.set(chosen.entry.id, members));
    }
    for (const [file, ofFile] of recorded) write(file, ofFile, io);
    return failed;
  } finally {
    await service?.close();
  }
}

function refuseMixed({ id, recorded }: Case, kind: 'live' | 'simulation', path: string): void {
  if (recorded === undefined || recorded.from === kind) return;
  const [was, is] = kind === 'live' ? ['a simulation', 'a real service'] : ['a real service', 'a simulation'];
  throw new UsageError('recording-mixed', `The mocks of ${JSON.stringify(id)} were recorded from ${was}, not ${is}.`, {
    at: { file: path },
    hint: `Take "recorded" and "mocks" out of the case, ${kind === 'live' ? 'or leave out --live' : 'or add --live --allow-host HOST'}.`,
  });
}

async function openService(args: Arguments, io: Io) {
  const hosts = args.values('allow-host');
  const given = await readConnections(args.values('connection'), io);
  const connections = Object.fromEntries(
    // What a file of a connection holds is JSON.
    [...given].map(([name, { connector, auth, parameters }]) => [
      name,
      { connector, auth, parameters } as unknown as CaseConnection,
    ]),
  );
  const http = await lazyHttp(hosts, io.env, quickClock(), 'named');
  const live: LiveRecording = { http, hosts, connections, at: new Date().toISOString() };
  return { live, close: () => http.close() };
}

interface Recording {
  /** Null: nothing is to be written. */
  readonly members: RecordedCase['members'] | null;
  readonly line: string;
  readonly isFailed: boolean;
}

async function recordOne(
  { file, entry }: ChosenCase,
  subjects: Subjects,
  live: LiveRecording | null,
  io: Io,
): Promise<Recording> {
  const { failureLines, recordCase } = await import('@flowdeck/testing');
  const { yellow, green, red, dim } = paletteFor(io.stderr, io.env);
  const name = plain(`${file.suite.suite}/${entry.id}`);
  if (entry.mocks !== undefined && entry.recorded === undefined) {
    return { members: null, line: `${yellow('-')} ${name}: has mocks of its own, left as it is\n`, isFailed: false };
  }
  const failed = (why: string): Recording => ({
    members: null,
    line: `${red('✗')} ${name}: not recorded: ${plain(why)}\n`,
    isFailed: true,
  });
  try {
    const complete = await subjects.complete(entry, file.path);
    const { members, calls, secrets, failures } = await recordCase(file.suite, complete, {
      packs: subjects.packs,
      subjects: { document: (at) => subjects.deck(at) },
      ...(live === null ? {} : { live }),
    });
    if (failures[0] !== undefined) return failed(failureLines(failures[0]).join(' '));
    const hidden = live === null ? '' : `, ${count(secrets, 'secret')} replaced`;
    return {
      members,
      line: `${green('●')} ${name}: recorded ${dim(count(calls, 'call') + hidden)}\n`,
      isFailed: false,
    };
  } catch (error) {
    if (!(error instanceof UsageError) && !(error instanceof DocumentError)) throw error;
    return failed(error.message);
  }
}

function write({ path, json }: TestFile, recorded: ReadonlyMap<string, RecordedCase['members']>, io: Io): void {
  const written = json.value;
  // It was read as a file of cases.
  if (!isPlainObject(written) || !Array.isArray(written['cases'])) return;
  const cases = written['cases'].map((entry: unknown) => {
    const members = isPlainObject(entry) ? recorded.get(String(entry['id'])) : undefined;
    return isPlainObject(entry) && members !== undefined ? withMembers(entry, members) : entry;
  });
  writeText(path, `${prettyJson({ ...written, cases })}\n`, io);
}

/** What was recorded stands before what is expected, as a reader meets it. */
function withMembers(entry: Readonly<Record<string, unknown>>, members: RecordedCase['members']): object {
  const { expect, ...rest } = entry;
  const kept = Object.entries({ ...rest, ...members }).filter(([, value]) => value !== null);
  return { ...Object.fromEntries(kept), expect };
}
