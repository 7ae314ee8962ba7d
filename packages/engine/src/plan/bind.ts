/** Compiles a binding into a reader that gives a value of the type that the field asks for. */
import type { CardField } from '../cards/index.js';
import type { Binding } from '../document/types.js';
import { deepFreeze, parsePointer, pointerReader, type TypeRef, type Value } from '../values/index.js';
import { type Bound, boundReader, type CompileContext } from './bound.js';

import { bindExpression } from './expression.js';
import type { FieldConversion } from './field-conversion.js';
import type { Readable } from './reader.js';
import { resolveReference } from './reference.js';
import type { BlockScope } from './scope.js';
import type { DeclaredInput } from './shape.js';
import type { Spot } from './spot.js';
import { constantInput, typedInput } from './typed-input.js';
import { ANY, type Input } from './types.js';

/** Compiles the value of a field; `places` is where the bindings stand. Null after a reported error. */
export function bindInput(
  field: CardField,
  name: string,
  binding: Binding,
  by: FieldConversion,
  scope: BlockScope,
  context: CompileContext,
  places: Spot,
): Input | null {
  if (isLiteral(binding)) return constantInput(field, name, by.whole(field), binding, context.report, places);
  const bound = bind(binding, scope, context, places, name);
  return bound && typedInput(field, name, bound, by, context.report, places);
}

/** What the binding `name` gives, before any conversion. */
export function bind(
  binding: Binding,
  scope: BlockScope,
  context: CompileContext,
  places: Spot,
  name: string,
): Bound | null {
  if (isLiteral(binding)) return literal(binding);
  if ('value' in binding) return literal(binding.value);
  if ('from' in binding) return resolveReference(binding.from, scope, places, name, context.report);
  if ('expr' in binding) return bindExpression(binding.expr, scope, places.at(name).at('expr'), context);
  if ('flow' in binding) {
    // That there is no such flow was reported by `checkFlowNames`.
    const flow = context.flows.get(binding.flow);
    return flow ? { ...literal(flow.ref), type: { type: 'flow' } } : null;
  }
  context.report.add(
    'error',
    'item-out-of-place',
    places.at(name).at('item'),
    'An item can only be given to an input that is forwarded to a flow called per item.',
    'Use "from" instead.',
  );
  return null;
}

function isLiteral(binding: Binding): binding is null | boolean | number | string {
  return binding === null || typeof binding !== 'object';
}

/** A reader of one value per item: `{"item": ...}`, or any other binding, which gives the same value for every item. */
export function bindForward(
  binding: Binding,
  perItem: boolean,
  scope: BlockScope,
  context: CompileContext,
  places: Spot,
  name: string,
):
  | (Omit<Bound, 'read' | 'slot' | 'constant' | 'plain'> & {
      readonly read: (frame: Readable, item: Value) => Value | Promise<Value>;
      readonly perItem: boolean;
    })
  | null {
  if (perItem && binding !== null && typeof binding === 'object' && 'item' in binding) {
    const path = parsePointer(binding.item);
    const follow = pointerReader(path);
    const read = path.length === 0 ? (_: Readable, item: Value) => item : (_: Readable, item: Value) => follow(item);
    return { read, mayWait: false, type: ANY, unsure: false, perItem: true };
  }
  const bound = bind(binding, scope, context, places, name);
  return bound && { ...bound, read: boundReader(bound), perItem: false };
}

/** A literal is part of the plan, which all runs share: whoever gets it cannot change it. */
function literal(given: Value): Bound {
  const value = deepFreeze(given);
  return {
    read: null,
    mayWait: false,
    type: literalType(value),
    unsure: false,
    slot: null,
    constant: { value },
    plain: null,
  };
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

/** An input of which the document says nothing; `absent` is what it is then. */
export function absentInput(
  { name, field, absent }: DeclaredInput,
  { report }: CompileContext,
  places: Spot,
): Input | null {
  if (absent === null) {
    const hint = `Give "${name}" a value${field.description ? `: ${field.description}` : '.'}`;
    report.add('error', 'missing-input', places, `The required input "${name}" is missing.`, hint);
  }
  return absent;
}
