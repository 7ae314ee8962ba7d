/** Where run ids come from. */
export interface Ids {
  /** A new id for a run: unique, at most 64 characters of [A-Za-z0-9_-]. */
  run(): string;
}
