/** `flowdeck-conformance --report`: the results as a page. */
import { writeFileSync } from 'node:fs';
import { FlowdeckError } from '@flowdeck/engine';
import { toData } from '@flowdeck/engine/kit';
import type { CaseResult } from '@flowdeck/testing';
import { type ReportedTest, testsPage } from '@flowdeck/view';
import type { ConformanceCode } from '../codes.js';

/** What failed comes first, expected beside actual; then every case with what it proves. */
export function suitePage(results: readonly CaseResult[], faults: readonly string[]): Promise<string> {
  return testsPage({ tests: results.map(reported), faults, coverage: null, below: [], card: () => undefined });
}

/** A case of the suite has no lines and no editor: its source says where the behaviour is demanded. */
function reported({ suite, id, proves, source, status, reason, failures }: CaseResult): ReportedTest {
  const name = `${suite}/${id}`;
  return {
    name,
    place: source,
    proves,
    status,
    ...(reason === undefined ? {} : { reason }),
    // As JSON: dates are text.
    failures: failures.map((failure) => ({ ...failure, ...shownValues(failure) })),
    again: `flowdeck-conformance --only ${JSON.stringify(name)}`,
    history: null,
    document: null,
    calls: [],
  };
}

function shownValues({ expected, actual }: CaseResult['failures'][number]) {
  return {
    ...(expected === undefined ? {} : { expected: toData(expected) }),
    ...(actual === undefined ? {} : { actual: toData(actual) }),
  };
}

/** @throws FlowdeckError `report-file`. */
export function writeReport(path: string, page: string): void {
  try {
    writeFileSync(path, page);
  } catch (cause) {
    throw new FlowdeckError<ConformanceCode>('report-file', `The report cannot be written to ${path}.`, {
      hint: 'Name a file in a directory that is there and may be written to.',
      cause,
    });
  }
}
