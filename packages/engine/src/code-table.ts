/** What a table of codes says, and how one is declared. Every package that makes errors has one, its `codes.ts`. */

/** What carries a code: a kind of error, wrong use of an interface (`use`), or a diagnostic that keeps nothing from running. */
export type CodeClass =
  | 'use'
  | 'document'
  | 'plan'
  | 'declaration'
  | 'run'
  | 'conversion'
  | 'timeout'
  | 'limit'
  | 'cancelled'
  | 'http'
  | 'connection'
  | 'warning'
  | 'info';

/** What there is to say of a code. */
export interface CodeEntry {
  /** What carries the code. */
  readonly class: CodeClass;
  /** What happened. Markdown, like the remedy. */
  readonly sentence: string;
  /** What whoever meets it can do. */
  readonly remedy: string;
}

/**
 * A table of codes. The type keeps the codes and forgets the prose.
 *
 * @example
 * export const ACME_CODES = codeTable({
 *   'acme-sold-out': { class: 'run', sentence: 'The article is sold out.', remedy: 'Order another one.' },
 * });
 * export type AcmeCode = keyof typeof ACME_CODES; // throw new RunError<AcmeCode>('acme-sold-out', ...)
 */
export function codeTable<const Code extends string>(
  table: Readonly<Record<Code, CodeEntry>>,
): Readonly<Record<Code, CodeEntry>> {
  return table;
}
