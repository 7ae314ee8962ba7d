/** Diagnostics: what is found in a document, a plan or a declaration, where, and in words. */

/** Where something went wrong. All members are optional; what is known is given. */
export interface Place {
  /** As the reader of the document was told it. */
  file?: string;
  /** Id of the flow. */
  flow?: string;
  /** Id of the card in its flow. */
  card?: string;
  /** Name of the field (`group/key` for a grouped one). */
  field?: string;
  /** JSON Pointer (RFC 6901) into the document. */
  pointer?: string;
  /** Id of the run, whole. */
  run?: string;
  /** The activation of the flow: the path of calls that led there. */
  execution?: string;
}

/** How bad a diagnostic is: `error` refuses the document, `warning` is likely a fault, `info` is good to know. */
export type Severity = 'error' | 'warning' | 'info';

/**
 * What is found in a document or a plan. `code` is stable and documented in `docs/errors.md`; whoever makes diagnostics
 * names the codes that there are: `Diagnostic<MyCode>`.
 */
export interface Diagnostic<Code extends string = string> {
  /** Only an `error` keeps the document from being loaded. */
  severity: Severity;
  /** Kebab-case, stable. What each means, and what to do about it: `docs/errors.md`. */
  code: Code;
  /** What is wrong, in a sentence. */
  message: string;
  /** JSON Pointer (RFC 6901) into the document. For text that is no JSON: to the innermost list or object around the place. */
  pointer: string;
  /** Name of the file, where the reader of the document was given one. */
  file?: string;
  /** From 1; known where the document was read from text. */
  line?: number;
  /** From 1, in UTF-16 units, as editors count. */
  column?: number;
  /** What to do, in a sentence: the remedy, or the names that are close. */
  hint?: string;
  /** Id of the flow that it is about, if it is about one. */
  flow?: string;
  /** Id of the card that it is about, if it is about one. */
  card?: string;
}

/** A message that lists more faults than this is no longer read. */
const MAX_LISTED = 20;

function lineOf({ pointer, card, message, hint }: Diagnostic): string {
  const place = `${pointer === '' ? 'the top' : pointer}${card === undefined ? '' : ` (${card})`}`;
  return `\n  ${place}: ${message}${hint === undefined ? '' : ` ${hint}`}`;
}

/** What is found, one line each. */
export function listed(diagnostics: readonly Diagnostic[]): string {
  const more = diagnostics.length - MAX_LISTED;
  return `${diagnostics.slice(0, MAX_LISTED).map(lineOf).join('')}${more > 0 ? `\n  and ${more} more` : ''}`;
}

/** What is found, as one sentence: the first fault, and how many more there are. */
export function summary(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 'error');
  const first = errors[0] ?? diagnostics[0];
  if (!first) return 'The document is faulty.';
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  return `${first.message} At ${first.pointer === '' ? 'the root' : first.pointer}.${more}`;
}
