/** What keeps a case from passing. */

/** One thing that is not as expected. */
export interface Failure {
  /** What was judged, such as `outputs` or `error`, and the place in it. */
  readonly where: string;
  /** Of `docs/errors.md`, where it is no matter of comparing. */
  readonly code?: string;
  /** What to do about it, where that is known. */
  readonly hint?: string;
  /** What is wrong, where two values do not say it. */
  readonly message?: string;
  /** What should have come, where that can be shown. */
  readonly expected?: unknown;
  /** What came, where that can be shown. */
  readonly actual?: unknown;
}
