/** What an expression offers and asks for: the contract between this room and the plan. */
import type { Diagnostic } from '../diagnostic.js';
import type { Value } from '../values/index.js';
import type { RootPath } from './root-paths.js';

/** Bounds of one evaluation. Exceeding one is a `LimitError` that names it, the time a `TimeoutError`. */
export interface ExpressionLimits {
  /** Milliseconds of evaluation; time given to others through `context.yield` does not count. Default 1,000. */
  readonly timeMs: number;
  /** Evaluated nodes and built-in function calls. Default 1,000,000. */
  readonly steps: number;
  /** Nested evaluations beyond the expression's own size, as in recursion. Default 1,000. */
  readonly depth: number;
  /** Items of a list that the expression builds. Default 1,000,000. */
  readonly list: number;
  /** Characters and values of one result or intermediate result, beyond the data read. Default 16,777,216. */
  readonly size: number;
}

/** The limits of an expression that is given none. Frozen. */
export const DEFAULT_EXPRESSION_LIMITS: ExpressionLimits = Object.freeze({
  timeMs: 1_000,
  steps: 1_000_000,
  depth: 1_000,
  list: 1_000_000,
  size: 16 * 1024 * 1024,
});

/** How an expression is compiled. */
export interface ExpressionOptions {
  /** In place of `DEFAULT_EXPRESSION_LIMITS`, one by one. */
  readonly limits?: Partial<ExpressionLimits>;
}

/** What one evaluation may use of the world. Nothing is reached that is not given here. */
export interface ExpressionContext {
  /** Milliseconds since 1970-01-01T00:00:00Z, for `$now` and `$millis`; asked once per evaluation. Absent: they fail. */
  readonly now?: () => number;
  /** A number in [0, 1), for `$random` and `$shuffle`. Absent: they fail. */
  readonly random?: () => number;
  /** Stops the evaluation with `CancelledError`. Only a `yield` lets others run and abort it meanwhile. */
  readonly signal?: { readonly aborted: boolean };
  /** Lets other work have a turn; called every few milliseconds. Absent: the evaluation keeps its turn. */
  readonly yield?: () => Promise<void>;
  /** True when others are due their turn, which many evaluations side by side may hold. Absent: each counts its own time. */
  readonly due?: () => boolean;
}

/** Reads part of a path out of a frame of type F. */
export interface BoundPath<F> {
  /** Undefined and null stay apart: undefined means that there is no such value. */
  readonly read: (frame: F) => unknown;
  /** How many of the offered segments `read` has already followed. */
  readonly consumed: number;
  /** Where `read` just gives what a frame holds in its `slots`: which one. Such a path is read without a call. */
  readonly slot?: number | null;
}

/**
 * Finds the reader of a path: its root name and the names after it, up to the first index. The binder may follow as many
 * segments as it can resolve, and gives null for a name that it does not know, which reads as undefined.
 */
export type BindPath<F> = (root: string, segments: readonly string[]) => BoundPath<F> | null;

export type PlainReader<F> = (frame: F) => Value;

/** A plain expression in parts, for those who stand around each evaluation anyway: a call less for each. */
export interface PlainParts<F> {
  /** What the operators give: undefined is nothing. Throws whatever they throw. */
  readonly run: (frame: F) => unknown;
  /** It as a value. Throws for a number that JSON cannot hold. */
  readonly settle: (made: unknown) => Value;
  /** What was thrown by either, as an error of Flowdeck. */
  readonly fault: (error: unknown) => unknown;
}

/** A compiled expression: immutable, shared by all runs. */
export interface CompiledExpression {
  /** The JSONata text that was compiled. */
  readonly source: string;
  /**
   * Names that the expression may read at the root: exact for a plain one, a superset for others, and `["*"]` when it
   * may read any (`$`, `$$`, wildcards).
   */
  readonly roots: readonly string[];
  /** True: it needs no JSONata evaluator, is never asynchronous, and `bind` gives its reader. */
  readonly plain: boolean;
  /**
   * The reader over frames of type F. Null when the expression is not plain.
   *
   * @example
   * const read = compileExpression('price * 2').bind<{ price: number }>((root) =>
   *   root === 'price' ? { read: (frame) => frame.price, consumed: 0 } : null);
   * read?.({ price: 4 }); // 8
   */
  bind<F>(bindPath: BindPath<F>): PlainReader<F> | null;
  /** The same, in parts. */
  bindParts<F>(bindPath: BindPath<F>): PlainParts<F> | null;
  /** Evaluates with JSONata itself. Properties of `env` are read when the expression first reads them. */
  evaluateFull(env: Readonly<Record<string, unknown>>, context?: ExpressionContext): Promise<Value>;
  /** The plain reader when there is one, else JSONata. */
  evaluate(env: Readonly<Record<string, unknown>>, context?: ExpressionContext): Value | Promise<Value>;
  /** The first fault that JSONata finds in the source, or null. A plain expression has none. */
  check(): Promise<Diagnostic | null>;
  /**
   * What the expression certainly reads of its root: names in filters belong to items. Only for one that is not plain: the
   * binder of a plain one is told.
   *
   * @throws FlowdeckError what {@link check} gives as a diagnostic.
   */
  paths(): Promise<readonly RootPath[]>;
}
