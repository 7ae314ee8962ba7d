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
  /** Null: it is what the slot holds, or the constant. Most inputs need no function for that. */
  readonly read: ((frame: Readable) => Value | Promise<Value>) | null;
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
export function reading(read: Reader | null, type: TypeRef, unsure = false, slot: number | null = null): Resolved {
  return { read, mayWait: false, type, unsure, slot, constant: null, plain: null };
}

/** A reference that leads somewhere. */
export interface Resolved extends Bound {
  readonly read: Reader | null;
}

/** A function for what is bound, where one is needed. */
export function boundReader(bound: Resolved): Reader;
export function boundReader(bound: Pick<Bound, 'read' | 'slot' | 'constant'>): NonNullable<Bound['read']>;
export function boundReader({
  read,
  slot,
  constant,
}: Pick<Bound, 'read' | 'slot' | 'constant'>): NonNullable<Bound['read']> {
  if (read !== null) return read;
  return slot === null ? constantReader(constant?.value ?? null) : slotReader(slot);
}

/** Closures stand in functions of their own: each keeps what it needs, and a plan has thousands. */
function slotReader(slot: number): Reader {
  return (frame) => frame.slots[slot] as Value; // every slot holds a value
}

function constantReader(value: Value): Reader {
  return () => value;
}
