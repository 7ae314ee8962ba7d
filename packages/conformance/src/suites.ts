/** The cases that this package brings along, and those of others held to the same profile. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { CaseProfile, Suite } from '@flowdeck/testing';
import {
  type SuiteSource as FileSource,
  type FoundSuites,
  findSuites as findFrom,
  loadSuites as loadFrom,
} from '@flowdeck/testing/files';

/** A folder (all `.json` files below it), a single file, or `builtin`: the cases that this package brings along. */
export type SuiteSource = 'builtin' | FileSource;

/** A conformance case says what it proves, and where that is demanded. */
export const CONFORMANCE: CaseProfile = { required: ['proves', 'source'], clock: 'real' };

/**
 * Reads suites, in the order of their file names.
 *
 * @throws FlowdeckError `case-file` (cannot be read, or is not JSON), `case-invalid` (does not follow the format),
 * `case-none` (no file there)
 * @example
 * const suites = loadSuites('builtin');
 */
export function loadSuites(source: SuiteSource): readonly Suite[] {
  return loadFrom(source === 'builtin' ? builtin() : source, CONFORMANCE);
}

/**
 * Reads suites as `loadSuites` does, and tells the files with a fault apart, so that the rest can run.
 *
 * @throws FlowdeckError `case-file`, `case-none` when there is nothing to read.
 */
export function findSuites(source: SuiteSource): FoundSuites {
  return findFrom(source === 'builtin' ? builtin() : source, CONFORMANCE);
}

function builtin(): string {
  // By name, since the bundle and the sources lie at different depths.
  return join(dirname(createRequire(import.meta.url).resolve('@flowdeck/conformance/package.json')), 'cases');
}
