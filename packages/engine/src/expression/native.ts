/** JSONata's own shape of a function. */

/** A function as JSONata keeps it. */
export interface Definition {
  readonly _jsonata_function: true;
  readonly implementation: Implementation;
  readonly signature?: { validate(args: readonly unknown[], context: unknown): unknown[] };
}

/** What JSONata gives a function as `this`. Without `options`: the function was partially applied. */
export interface Focus {
  readonly environment: { lookup(name: string): unknown };
  readonly options?: unknown;
  createSequence(...item: unknown[]): unknown[];
}

export type Implementation = (this: Focus, ...args: unknown[]) => unknown;
