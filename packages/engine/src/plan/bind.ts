/** Compiles a binding into a reader that gives a value of the type that the field asks for. */
import type { CardField } from '../cards/index.js';
import type { Binding } from '../document/types.js';
import {
  deepFreeze,
  emptyValue,
  type Field,
  parsePointer,
  pointerReader,
  type TypeRef,
  type Value,
} from '../values/index.js';
import type { Bound, CompileContext } from './bound.js';

import { bindExpression } from './expression.js';
import { BY_CARD } from './field-conversion.js';
import { resolveReference } from './reference.js';
import type { BlockScope } from './scope.js';
import type { Spot } from './spot.js';
import { typedInput } from './typed-input.js';
import { ANY, type Input, type Readable } from './types.js';

/** Compiles one input of a card; `places` is where its bindings stand. Null after a reported error. */
export function bindInput(
  field: CardField,
  name: string,
  binding: Binding | undefined,
  scope: BlockScope,
  context: CompileContext,
  places: Spot,
): Input | null {
  if (binding === undefined) return absentInput(field, name, context, places);
  const place = places.at(name);
  const bound = bind(binding, scope, context, place);
  return bound && typedInput(field, name, bound, BY_CARD, context.report, place);
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

function absentInput(field: Field, name: string, context: CompileContext, places: Spot): Input | null {
  if (field.default === undefined && field.required) {
    context.report.add(
      'error',
      'missing-input',
      places,
      `The required input "${name}" is missing.`,
      `Give "${name}" a value${field.description ? `: ${field.description}` : '.'}`,
    );
    return null;
  }
  const value = deepFreeze(field.default ?? (field.list ? emptyValue(field) : null));
  return { name, field, read: () => value, mayWait: false, constant: value };
}
