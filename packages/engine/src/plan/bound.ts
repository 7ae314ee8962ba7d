/** What a binding compiles to, and what compiling it takes. */
import type { TypeRef, Value } from '../values/index.js';
import type { PlanDiagnostics } from './plan-diagnostics.js';
import type { FlowPlan, Readable, UncheckedExpression } from './types.js';

/** What compiling needs to know besides the scope. */
export interface CompileContext {
  readonly report: PlanDiagnostics;
  /** Flows of the deck, by id. */
  readonly flows: ReadonlyMap<string, FlowPlan>;
  /** Expressions that are still to be checked. */
  readonly unchecked: UncheckedExpression[];
}

/** What a binding gives, before any conversion. */
export interface Bound {
  readonly read: (frame: Readable) => Value | Promise<Value>;
  readonly mayWait: boolean;
  readonly type: TypeRef;
  /** Nobody has looked whether the value is of that type. */
  readonly unsure?: boolean;
  /** Set when the value is just what the slot holds. */
  readonly slot?: number;
  /** Set for a value that is the same in every run. */
  readonly constant?: { readonly value: Value };
}
