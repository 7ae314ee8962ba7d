/** What a binding compiles to, and what compiling it takes. */
import type { PlainParts } from '../expression/index.js';
import type { TypeRef, Value } from '../values/index.js';
import type { PlanDiagnostics } from './plan-diagnostics.js';
import type { Readable, Reader } from './reader.js';
import type { FlowPlan, UncheckedExpression } from './types.js';

/** What compiling needs to know besides the scope. */
export interface CompileContext {
  readonly report: PlanDiagnostics;
  /** Flows of the deck, by id. */
  readonly flows: ReadonlyMap<string, FlowPlan>;
  /** Expressions that are still to be checked. */
  readonly unchecked: UncheckedExpression[];
}

/** What a binding gives, before any conversion. All members are there in each: a plan is made of thousands, and is read quickly if they are of one shape. */
export interface Bound {
  readonly read: (frame: Readable) => Value | Promise<Value>;
  readonly mayWait: boolean;
  readonly type: TypeRef;
  /** Nobody has looked whether the value is of that type. */
  readonly unsure: boolean;
  /** The slot whose value it just is; null for any other. */
  readonly slot: number | null;
  /** A value that is the same in every run; null for any other. */
  readonly constant: { readonly value: Value } | null;
  /** The plain expression that `read` evaluates; null for any other. */
  readonly plain: PlainBinding | null;
}

/** A plain expression in parts, and readers of what it reads. */
export interface PlainBinding extends PlainParts<Readable> {
  readonly sources: readonly Reader[];
}

/** What is read at once, and is of a type. `unsure` and `slot` as in `Bound`. */
export function reading(read: Reader, type: TypeRef, unsure = false, slot: number | null = null): Resolved {
  return { read, mayWait: false, type, unsure, slot, constant: null, plain: null };
}

/** A reference that leads somewhere. */
export interface Resolved extends Bound {
  readonly read: Reader;
}
