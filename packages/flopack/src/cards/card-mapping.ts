/** A row of the tables: how the fields of a foreign card and of ours correspond. */

export interface CardMapping {
  /** Our card type, such as `text.split`. */
  readonly card: string;
  /** Foreign input name (`key` or `group/key`) to ours. */
  readonly in: Readonly<Record<string, string>>;
  /**
   * Further foreign names of inputs, which some files use for the same and an export never writes; `*` stands for any group.
   * Of two inputs for one of ours, the one that is wired is taken, then the one that is set.
   */
  readonly also?: Readonly<Record<string, string>>;
  /** The same for outputs; `group/*` stands for all of a group. */
  readonly out: Readonly<Record<string, string>>;
  /** Author-named inputs: all others, or those of one group. */
  readonly extra?: boolean | { readonly group: string };
  /** The input that is a text with `{{{KEY}}}` for values of the others. */
  readonly template?: string;
  /** True: rests on an inference, not on an observation. */
  readonly inferred?: boolean;
}
