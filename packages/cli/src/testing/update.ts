/** `flowdeck test --update`: what came of the flows becomes what is expected, where a case differs. */
import { isPlainObject } from '@flowdeck/engine/kit';
import type { CaseReport, SuiteReport } from '@flowdeck/testing';
import { UsageError } from '../errors.js';
import { prettyJson } from '../output/text.js';
import { MAX_BYTES, writeText } from '../system/files.js';
import type { Io } from '../system/io.js';
import { isCi } from './choose.js';
import type { TestFile } from './files.js';

/** @throws UsageError `update-in-ci`: there every test would pass, and nobody would see what changed. */
export function refuseInCi(io: Io): void {
  if (!isCi(io)) return;
  throw new UsageError('update-in-ci', 'Expectations are not rewritten in CI.', {
    hint: 'Run flowdeck test --update on your own machine, look at what changed, and commit it.',
  });
}

/** Rewrites the files of cases that failed by what came, and tells how many cases that were. @throws UsageError `file-too-large`, when all others are written. */
export async function updateFiles(files: readonly TestFile[], suites: readonly SuiteReport[], io: Io): Promise<number> {
  const { expectationOf } = await import('@flowdeck/testing');
  let updated = 0;
  const large: string[] = [];
  for (const { path, json } of files) {
    const failed = (suites.find(({ file }) => file === path)?.cases ?? []).filter(isOutdated);
    const written = json.value;
    if (failed.length === 0 || !isPlainObject(written) || !Array.isArray(written['cases'])) continue;
    let renewals = 0;
    const byId = new Map(failed.map((each) => [each.id, each]));
    const cases = written['cases'].map((entry: unknown) => {
      const run = isPlainObject(entry) ? byId.get(String(entry['id']))?.run : undefined;
      if (!isPlainObject(entry) || run === undefined) return entry;
      renewals++;
      return { ...entry, expect: renewed(entry['expect'], { ...expectationOf(run) }) };
    });
    const text = `${prettyJson({ ...written, cases })}\n`;
    if (Buffer.byteLength(text) > MAX_BYTES) large.push(path);
    else {
      writeText(path, text, io);
      updated += renewals;
    }
  }
  if (large.length > 0) throw tooLarge(large);
  return updated;
}

/** A file that could not be read again is not written: it stays as it was, and its cases fail. */
function tooLarge(paths: readonly string[]): UsageError {
  return new UsageError(
    'file-too-large',
    `What came is too large to be kept in ${paths.join(', ')}: a test file holds ${MAX_BYTES} bytes at most. It is left as it was.`,
    { hint: 'Expect a matcher in place of the large value, such as {"$match": "^T-"}.' },
  );
}

/** True of a case that ran, and of which mocks and names are in order: only then what came is worth expecting. */
function isOutdated({ status, failures, run }: CaseReport): boolean {
  return status === 'failed' && run !== undefined && failures.every(({ code }) => code === undefined);
}

/** Members that the case names, as they came. How it ended is always said, and so are errors that something kept to itself. */
function renewed(written: unknown, came: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const named = isPlainObject(written) ? Object.keys(written) : [];
  const members = new Set([...named, 'status', 'error', 'caught']);
  const kept = Object.entries(came).filter(([member]) => members.has(member));
  const others = Object.entries(isPlainObject(written) ? written : {}).filter(([member]) => !RENEWED.has(member));
  const all = Object.fromEntries([...others, ...kept]);
  return Object.keys(all).length === 0 ? { status: 'success' } : all;
}

/** What is told of a run by `expectationOf`. */
const RENEWED: ReadonlySet<string> = new Set(['status', 'outputs', 'error', 'effects', 'tables', 'caught']);
