/** What the command reaches of the process around it. Tests give their own. */

/** A stream of text to a person or a program. */
export interface Output {
  /** Writes at once; what nobody reads any more is dropped. */
  write(text: string): void;
  /** True: a person reads it, so it may have colours and be redrawn. */
  readonly isTTY: boolean;
  /** Width of the terminal; 80 when it is not known. */
  readonly columns: number;
  /** Height of the terminal; 24 when it is not known. */
  readonly rows: number;
}

/** Everything that `main` needs of its process. */
export interface Io {
  /** Results, and nothing else. */
  readonly stdout: Output;
  /** Progress, diagnostics and errors. */
  readonly stderr: Output;
  /** Reads standard input to its end, at most so many bytes and one more. */
  stdin(maxBytes: number): Promise<Uint8Array>;
  /** Environment variables, as `process.env` has them. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Relative paths start here. */
  readonly cwd: string;
  /** Aborts when the user interrupts the command. Asking for it takes the interrupt away from the process. */
  readonly signal: AbortSignal;
}

/** Resolves when the user interrupts the command. */
export function interrupted({ signal }: Pick<Io, 'signal'>): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted) done();
    else signal.addEventListener('abort', () => done(), { once: true });
  });
}
