/** Where what is too long for the record of a run lies: the record holds its place in here. */

/**
 * Texts that belong to runs. Every worker that may go on with a run reaches the same ones, and they outlive its process;
 * `fileAnnex` of `@flowdeck/host` keeps them in a directory.
 */
export interface RunAnnex {
  /**
   * Keeps a text for the run, and gives its id when it would survive a power cut. The same text has the same id, so that
   * a later life says what an earlier one said. Letters and digits.
   */
  put(runId: string, text: string): Promise<string>;
  /** Null: the run has no such text. */
  read(runId: string, id: string): Promise<string | null>;
  /** Ids of the runs that have texts. */
  runs(): Promise<readonly string[]>;
  /** Forgets the texts of a run. Nothing happens when there are none. */
  remove(runId: string): Promise<void>;
}
