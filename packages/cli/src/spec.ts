/** How a command is described: the data from which its arguments are read and its help is written. */
export interface OptionSpec {
  readonly name: string;
  readonly short?: string;
  /** What the value is, such as `FILE`. Absent: the option is a flag. */
  readonly value?: string;
  /** True: it may be given several times. */
  readonly multiple?: boolean;
  readonly text: string;
}

export type CommandName =
  | 'run'
  | 'validate'
  | 'test'
  | 'inspect'
  | 'graph'
  | 'diff'
  | 'import'
  | 'export'
  | 'cards'
  | 'schema'
  | 'connection'
  | 'connector'
  | 'serve'
  | 'flows'
  | 'runs'
  | 'work'
  | 'fake';

export interface CommandSpec {
  readonly name: CommandName;
  readonly summary: string;
  readonly usage: string;
  readonly operands: { readonly least: number; readonly most: number; readonly name: string };
  /** Paragraphs. */
  readonly text: readonly string[];
  readonly options: readonly OptionSpec[];
  readonly examples: readonly (readonly [command: string, purpose: string])[];
  /** What `--json` prints when the command could not do its work; `error` is added to it. */
  readonly failure: Readonly<Record<string, unknown>>;
}
