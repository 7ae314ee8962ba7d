/** Finds and reads files of cases. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FlowdeckError } from '@flowdeck/engine';
import { JsonText } from '@flowdeck/engine/kit';
import { type CaseProfile, readSuite } from '../cases/read.js';
import type { Suite } from '../cases/types.js';
import type { TestingCode } from '../codes.js';

/** A folder (all `.json` files below it), or a single file. */
export type SuiteSource = URL | string;

/**
 * Reads suites, in the order of their file names.
 *
 * @throws FlowdeckError `case-file` (cannot be read, or is not JSON), `case-invalid` (does not follow the format),
 * `case-none` (no file there)
 * @example
 * const suites = loadSuites(new URL('./cases/', import.meta.url));
 */
export function loadSuites(source: SuiteSource, profile: CaseProfile = {}): readonly Suite[] {
  const { suites, faults } = findSuites(source, profile);
  if (faults[0] !== undefined) throw faults[0];
  return suites;
}

/** The files that could be read, and what is wrong with the others. */
export interface FoundSuites {
  /** Those without faults, in the order of their paths. */
  readonly suites: readonly Suite[];
  /** In the order of the files: `case-file` and `case-invalid`, with the file and the place in it. */
  readonly faults: readonly FlowdeckError[];
}

/**
 * Reads suites as `loadSuites` does, and leaves out the files with a fault.
 *
 * @throws FlowdeckError `case-file` when there is no such file or folder, `case-none` when no file is there.
 * @example
 * const { suites, faults } = findSuites('cases/');
 * for (const { message } of faults) console.error(message);
 */
export function findSuites(source: SuiteSource, profile: CaseProfile = {}): FoundSuites {
  const path = source instanceof URL ? fileURLToPath(source) : source;
  const files = filesBelow(path);
  if (files.length === 0) {
    throw new FlowdeckError<TestingCode>('case-none', `There are no case files in ${path}.`, {
      hint: 'Case files end in .json.',
    });
  }
  const base = files[0] === path ? dirname(path) : path;
  const suites: Suite[] = [];
  const faults: FlowdeckError[] = [];
  for (const file of files) {
    try {
      suites.push(readSuite(readJson(file), relative(base, file), profile));
    } catch (error) {
      if (!(error instanceof FlowdeckError)) throw error;
      faults.push(error);
    }
  }
  return { suites, faults };
}

function filesBelow(path: string): string[] {
  try {
    if (!statSync(path).isDirectory()) return [path];
    const names = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
    return names.sort().map((name) => join(path, name));
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

function readJson(file: string): unknown {
  const json = new JsonText(readFile(file));
  const fault = json.diagnostics[0] ?? json.duplicates[0];
  if (fault === undefined) return json.value;
  const { line, column, message } = fault;
  throw unreadable(file, line === undefined ? message : `line ${line}, column ${column}: ${message}`);
}

function readFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

function unreadable(file: string, cause: unknown): FlowdeckError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new FlowdeckError<TestingCode>('case-file', `Cannot read cases from ${file}: ${reason}`, {
    ...(cause instanceof Error ? { cause } : {}),
    at: { file },
    hint: 'Give a folder with .json files, or one such file.',
  });
}
