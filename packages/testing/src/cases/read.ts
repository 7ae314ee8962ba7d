/** Reads a file of cases, and refuses one that could pass by mistake. */
import { type Diagnostic, DocumentError } from '@flowdeck/engine';
import type { TestingCode } from '../codes.js';
import { quoted, type ShapeFault } from '../shape/fault.js';
import { PROGRAMS, SETTINGS, suiteShape } from './shape.js';
import type { Case, Suite } from './types.js';

/** What a family of cases asks for beyond the format. */
export interface CaseProfile {
  /** Members that every case has, as text that is not empty: `proves` and `source` for conformance. */
  readonly required?: readonly (keyof Case)[];
  /** The clock of cases that name none. Default `instant`, and `real` where a case has a service. */
  readonly clock?: 'instant' | 'real';
}

/**
 * Checks a file of cases: every fault is told with its place, unknown members with what was probably meant. What the file
 * says for all cases is put into each: a case's own value wins, its own mocks come first.
 *
 * @param file Its name: that of a suite which has none of its own, and of diagnostics.
 * @throws DocumentError `case-invalid`, with every fault.
 * @example
 * const suite = readSuite(JSON.parse(text), 'orders.test.json');
 */
export function readSuite(source: unknown, file: string, profile: CaseProfile = {}): Suite {
  const faults = suiteShape(source, '');
  const told = faults.length > 0 ? faults : whollyRead(source, profile);
  if (told.length > 0)
    throw new DocumentError(
      told.map((fault) => invalidCase(fault, file)),
      { at: { file }, subject: file },
    );
  const { cases, suite, packs, $schema, ...shared } = source as Raw; // checked above
  return {
    ...($schema === undefined ? {} : { $schema }),
    suite: suite ?? suiteNameOf(file),
    ...(packs === undefined ? {} : { packs }),
    cases: cases.map((entry) => completed(entry, shared, profile)),
  };
}

/** A file whose shape was checked; what stands in it comes from JSON. */
interface Raw {
  readonly $schema?: string;
  readonly suite?: string;
  readonly packs?: readonly string[];
  readonly clock?: NonNullable<Case['clock']>;
  readonly subject?: string;
  readonly flows?: readonly unknown[];
  readonly mocks?: readonly unknown[];
  readonly cases: readonly Case[];
}

function whollyRead(source: unknown, profile: CaseProfile): readonly ShapeFault[] {
  const { required = [] } = profile;
  const raw = source as Raw; // its shape was checked
  const seen = new Set<string>();
  return raw.cases.flatMap((entry, index) => {
    const pointer = `/cases/${index}`;
    const faults = [
      ...(seen.has(entry.id)
        ? [
            shapeFault(
              `${pointer}/id`,
              `${quoted(entry.id)} is the id of an earlier case, too.`,
              'Give it an id of its own.',
            ),
          ]
        : []),
      ...required
        .filter((key) => entry[key] === undefined)
        .map((key) => shapeFault(`${pointer}/${key}`, `A case has a member ${quoted(key)}.`, `Add ${quoted(key)}.`)),
      ...programFaults(entry, raw, pointer),
      ...timeFaults(entry, clockFor(entry, raw, profile), pointer),
    ];
    seen.add(entry.id);
    return faults;
  });
}

function programFaults(entry: Case, raw: Raw, pointer: string): readonly ShapeFault[] {
  const faults: ShapeFault[] = [];
  if (PROGRAMS.every((key) => entry[key] === undefined) && raw.subject === undefined) {
    const hint = `Add "subject" to the file, or one of ${PROGRAMS.map(quoted).join(', ')} to the case.`;
    faults.push(shapeFault(pointer, 'A case says what it runs.', hint));
  }
  if (entry.steps !== undefined && entry.flows === undefined && raw.flows === undefined) {
    const hint = 'Add "flows" to the case, or to the file.';
    faults.push(shapeFault(`${pointer}/flows`, 'A host serves flows.', hint));
  }
  if (entry.expect.requests !== undefined && entry.service === undefined) {
    faults.push(
      shapeFault(`${pointer}/service`, 'Only a service sees requests.', 'Add "service", or expect "effects".'),
    );
  }
  if (entry.service !== undefined && raw.mocks !== undefined) {
    const hint = 'Take one of them out.';
    faults.push(shapeFault(`${pointer}/service`, 'A case with a service reaches it, and mocks let nothing out.', hint));
  }
  return faults;
}

function timeFaults(entry: Case, clock: Case['clock'], pointer: string): readonly ShapeFault[] {
  const { waits, durationMs } = entry.expect;
  if (waits === undefined && durationMs === undefined) return [];
  if (clock !== 'real') return [];
  return [
    shapeFault(`${pointer}/clock`, 'Waits and durations need a clock that is not real.', 'Add "clock": "instant".'),
  ];
}

/** What belongs to the program of the file: a case with one of its own does without. */
const OF_SUBJECT = ['subject', 'run'];

/** A case with what its file says for all. */
function completed(entry: Case, shared: Readonly<Record<string, unknown>>, profile: CaseProfile): Case {
  const hasProgram = PROGRAMS.some((key) => entry[key] !== undefined);
  const defaults = Object.fromEntries(
    SETTINGS.filter((key) => shared[key] !== undefined && !(OF_SUBJECT.includes(key) && hasProgram)).map((key) => [
      key,
      shared[key],
    ]),
  ) as Partial<Case>; // the members of a file that a case has too
  const mocks = [...(entry.mocks ?? []), ...(defaults.mocks ?? [])];
  return {
    ...defaults,
    ...entry,
    clock: clockFor(entry, defaults, profile),
    ...(entry.mocks === undefined && defaults.mocks === undefined ? {} : { mocks }),
  };
}

function clockFor(entry: Case, { clock }: Pick<Case, 'clock'>, profile: CaseProfile): NonNullable<Case['clock']> {
  return entry.clock ?? clock ?? profile.clock ?? (entry.service === undefined ? 'instant' : 'real');
}

function suiteNameOf(file: string): string {
  return file.replace(/(\.test)?\.json$/, '').replaceAll('\\', '/');
}

function shapeFault(pointer: string, message: string, hint: string): ShapeFault {
  return { pointer, message, hint };
}

function invalidCase({ pointer, message, hint }: ShapeFault, file: string): Diagnostic<TestingCode> {
  return { severity: 'error', code: 'case-invalid', message, pointer, hint, file };
}
