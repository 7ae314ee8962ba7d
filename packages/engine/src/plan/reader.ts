/** What reads a value of an execution, and what an execution is to it. */
import type { Leave } from '../cards/index.js';
import type { ExpressionContext } from '../expression/index.js';
import type { Value, ValueObject } from '../values/index.js';

/** What a compiled reader sees of an execution. The run room makes it: a frame. */
export interface Readable {
  readonly slots: Value[];
  /** Values of the connection that the flow runs with. */
  readonly connection: ValueObject | null;
  context(key: ContextKey): Value;
  /** What an expression that needs the full evaluator may use of the world. */
  expressionContext(source: string): ExpressionContext;
  /** True: there are secrets, and what is made of them has to be followed. */
  readonly holdsSecrets: boolean;
  /** To be told what an expression made of the values that it could read. */
  derived(sources: readonly Value[], made: Value): void;
}

/** Properties of the `context` root (reference: control flow, section 3.2). */
export const CONTEXT_KEYS = ['index', 'caller', 'error', 'execution_id', 'execution_time'] as const;
export type ContextKey = (typeof CONTEXT_KEYS)[number];

/** How a step ended: undefined, when the next one is due. */
export type StepOutcome = undefined | Leave;

/** Reads a value; a promise only where `mayWait` is set (expressions that need the full evaluator). */
export type Reader = (frame: Readable) => Value;
export type ItemReader = (frame: Readable, item: Value) => Value;
