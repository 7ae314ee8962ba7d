/** Compiles a binding into a reader that gives a value of the type that the field asks for. */
import type { Binding } from '../document/types.js';
import { ConversionError, FlowdeckError, RunError } from '../errors.js';
import {
  converter,
  deepFreeze,
  emptyValue,
  type Field,
  parsePointer,
  pointerReader,
  type TypeRef,
  type Value,
  wireConverter,
} from '../values/index.js';
import { bindExpression } from './expression.js';
import type { PlanDiagnostics } from './plan-diagnostics.js';
import { resolveReference } from './reference.js';
import type { BlockScope } from './scope.js';
import type { Spot } from './spot.js';
import { ANY, type FlowPlan, type Input, type Readable, type Reader, type UncheckedExpression } from './types.js';

/** What compiling needs to know besides the scope. */
export interface CompileContext {
  readonly report: PlanDiagnostics;
  /** Flows of the deck, by id. */
  readonly flows: ReadonlyMap<string, FlowPlan>;
  /** Expressions that are still to be checked. */
  readonly unchecked: UncheckedExpression[];
}

export interface Bound {
  readonly read: (frame: Readable) => Value | Promise<Value>;
  readonly mayWait: boolean;
  readonly type: TypeRef;
  /** Set when the value is just what the slot holds. */
  readonly slot?: number;
  /** Set for a value that is the same in every run. */
  readonly constant?: { readonly value: Value };
}

/** Compiles one input of a card. Null after a reported error. */
export function bindInput(
  field: Field,
  name: string,
  binding: Binding | undefined,
  scope: BlockScope,
  context: CompileContext,
  spot: Spot,
): Input | null {
  if (binding === undefined) return absentInput(field, name, context, spot);
  const place = spot.at('in').at(name);
  const bound = bind(binding, scope, context, place);
  return bound && typedInput(field, name, bound, context.report, place);
}

/** What a binding gives, before any conversion. */
export function bind(binding: Binding, scope: BlockScope, context: CompileContext, spot: Spot): Bound | null {
  if (binding === null || typeof binding !== 'object') return literal(binding);
  if ('value' in binding) return literal(binding.value);
  if ('from' in binding) {
    const resolved = resolveReference(binding.from, scope, spot, context.report);
    return resolved && { ...resolved, mayWait: false };
  }
  if ('expr' in binding) return bindExpression(binding.expr, scope, spot.at('expr'), context);
  if ('flow' in binding) {
    // That there is no such flow was reported by `checkFlowNames`.
    const flow = context.flows.get(binding.flow);
    return flow ? { ...literal(flow.ref), type: { type: 'flow' } } : null;
  }
  context.report.add(
    'error',
    'item-out-of-place',
    spot.at('item'),
    'An item can only be given to an input that is forwarded to a flow called per item.',
    'Use "from" instead.',
  );
  return null;
}

/** A reader of one value per item: `{"item": ...}`, or any other binding, which gives the same value for every item. */
export function bindForward(
  binding: Binding,
  perItem: boolean,
  scope: BlockScope,
  context: CompileContext,
  spot: Spot,
):
  | (Omit<Bound, 'read'> & {
      readonly read: (frame: Readable, item: Value) => Value | Promise<Value>;
      readonly perItem: boolean;
    })
  | null {
  if (perItem && binding !== null && typeof binding === 'object' && 'item' in binding) {
    const path = parsePointer(binding.item);
    const follow = pointerReader(path);
    const read = path.length === 0 ? (_: Readable, item: Value) => item : (_: Readable, item: Value) => follow(item);
    return { read, mayWait: false, type: ANY, perItem: true };
  }
  const bound = bind(binding, scope, context, spot);
  return bound && { ...bound, perItem: false };
}

/** A literal is part of the plan, which all runs share: whoever gets it cannot change it. */
function literal(given: Value): Bound {
  const value = deepFreeze(given);
  return { read: () => value, mayWait: false, type: literalType(value), constant: { value } };
}

function literalType(value: Value): TypeRef {
  switch (typeof value) {
    case 'string':
      return { type: 'text' };
    case 'number':
      return { type: 'number' };
    case 'boolean':
      return { type: 'boolean' };
    default:
      return value !== null && !Array.isArray(value) && Object.getPrototypeOf(value) === Object.prototype
        ? { type: 'object' }
        : ANY;
  }
}

function absentInput(field: Field, name: string, context: CompileContext, spot: Spot): Input | null {
  if (field.default === undefined && field.required) {
    context.report.add(
      'error',
      'missing-input',
      spot.at('in'),
      `The required input "${name}" is missing.`,
      `Give "${name}" a value${field.description ? `: ${field.description}` : '.'}`,
    );
    return null;
  }
  const value = deepFreeze(field.default ?? (field.list ? emptyValue(field) : null));
  return { name, field, read: () => value, mayWait: false, constant: value };
}

/** Adds the conversion to the field's type, and what a required field gets instead of null. */
export function typedInput(
  field: Field,
  name: string,
  bound: Bound,
  report: PlanDiagnostics,
  spot: Spot,
): Input | null {
  if (bound.constant) return constantInput(field, name, bound.constant.value, report, spot);
  const convert = wireConverter(bound.type, field);
  if (convert === 'never') {
    report.add(
      'error',
      'type-mismatch',
      spot,
      `"${name}" asks for ${typeName(field)}, and ${typeName(bound.type)} can never become one.`,
      'Convert the value with a card before this one, or read another output.',
    );
    return null;
  }
  const fill = fillFor(field, name);
  if (bound.mayWait) return { name, field, mayWait: true, read: waiting(bound.read, convert, fill, name) };
  // Only a waiting reader gives a promise.
  const read = direct(bound.read as Reader, convert, fill, name);
  if (bound.slot === undefined || convert !== null || fill?.value === undefined)
    return { name, field, mayWait: false, read };
  return { name, field, mayWait: false, read, direct: { slot: bound.slot, fill: fill.value } };
}

type Convert = ((value: unknown) => Value) | null;
/** What stands in for null: a value, or an error. */
type Fill = { readonly value?: Value; readonly call: () => Value };

function direct(read: Reader, convert: Convert, fill: Fill, name: string): Reader {
  if (convert === null) return fill.value === null ? read : (frame) => read(frame) ?? fill.call();
  return (frame) => converted(read(frame), convert, name) ?? fill.call();
}

function waiting(read: Bound['read'], convert: Convert, fill: Fill, name: string): (frame: Readable) => Promise<Value> {
  return async (frame) => {
    const raw = await read(frame);
    return (convert === null ? raw : converted(raw, convert, name)) ?? fill.call();
  };
}

function converted(value: Value, convert: (value: unknown) => Value, name: string): Value {
  try {
    return convert(value);
  } catch (error) {
    throw withField(error, name);
  }
}

/** Names the field in a conversion error; the conversion itself does not know it. */
export function withField(error: unknown, name: string): unknown {
  if (!(error instanceof ConversionError) || error.at.field !== undefined) return error;
  return new ConversionError(`Input "${name}": ${error.message}`, {
    at: { ...error.at, field: name },
    ...(error.hint === undefined ? {} : { hint: error.hint }),
  });
}

/** What a required field gets when null arrives: its default, the empty value of its type, or an error (control flow, section 5.5). */
function fillFor(field: Field, name: string): Fill {
  if (!field.required || field.list) return constantly(null);
  if (field.type === 'any') return constantly(field.default ?? null);
  const value = field.default ?? emptyValue(field);
  if (value !== null) return constantly(value);
  return {
    call: () => {
      throw new RunError('missing-input', `The required input "${name}" got no value.`, { at: { field: name } });
    },
  };
}

function constantly(given: Value): Fill {
  const value = deepFreeze(given);
  return { value, call: () => value };
}

function constantInput(field: Field, name: string, value: Value, report: PlanDiagnostics, spot: Spot): Input | null {
  let converted: Value;
  try {
    converted = converter(field)(value);
    const fill = fillFor(field, name);
    if (converted === null && fill.value === undefined) {
      // The author wrote null: the card may stand where it is never reached, so only its turn is an error.
      report.add('warning', 'missing-input', spot, `The required input "${name}" is null, and the card will fail.`);
      return { name, field, read: () => fill.call(), mayWait: false };
    }
    converted ??= fill.call();
  } catch (error) {
    const reason = error instanceof FlowdeckError ? error.message : 'it has another type.';
    report.add('error', 'type-mismatch', spot, `"${name}" asks for ${typeName(field)}: ${reason}`);
    return null;
  }
  if (field.choices && converted !== null && !field.choices.includes(converted)) {
    const choices = field.choices.map((choice) => JSON.stringify(choice)).join(', ');
    report.add(
      'error',
      'not-a-choice',
      spot,
      `${JSON.stringify(converted)} is not a choice of "${name}".`,
      `Choices: ${choices}.`,
    );
    return null;
  }
  const constant = deepFreeze(converted);
  return { name, field, read: () => constant, mayWait: false, constant };
}

export function typeName(type: TypeRef): string {
  return type.list
    ? `a list of ${type.type}`
    : type.type === 'any'
      ? 'anything'
      : `${type.type === 'object' ? 'an' : 'a'} ${type.type}`;
}
