/** Gives an input the type that its field asks for. */
import type { CardField } from '../cards/index.js';
import { ConversionError, FlowdeckError, RunError } from '../errors.js';
import {
  type Converter,
  converter,
  deepFreeze,
  emptyValue,
  isChoice,
  type TypeRef,
  type Value,
} from '../values/index.js';
import type { Bound } from './bound.js';
import { choosing, hasClosedChoices, wordsOf } from './choices.js';
import { type HeldType, heldTypeOf, isOfType } from './direct.js';
import type { FieldConversion } from './field-conversion.js';
import type { PlanDiagnostics } from './plan-diagnostics.js';
import type { Spot } from './spot.js';
import type { Input, Readable, Reader } from './types.js';

/** Adds the conversion to the field's type, and what a required field gets instead of null. */
export function typedInput(
  field: CardField,
  name: string,
  bound: Bound,
  by: FieldConversion,
  report: PlanDiagnostics,
  spot: Spot,
): Input | null {
  if (bound.constant) return constantInput(field, name, by.whole(field), bound.constant.value, report, spot);
  const wire = wholeIfUnsure(by.wire(bound.type, field), by.whole(field), bound, field);
  if (wire === 'never') {
    report.add(
      'error',
      'type-mismatch',
      spot,
      `"${name}" asks for ${typeName(field)}, and ${typeName(bound.type)} can never become one.`,
      'Convert the value with a card before this one, or read another output.',
    );
    return null;
  }
  const convert = choosing(field, name, wire);
  const fill = fillFor(field, name);
  if (bound.mayWait) return { name, field, mayWait: true, read: waiting(bound.read, convert, fill, name) };
  // Whoever declares the field, numbers and texts are converted by the same rules.
  const held = bound.unsure === true && convert === converter(field) ? heldTypeOf(field) : null;
  // Only a waiting reader gives a promise.
  const read = direct(bound.read as Reader, convert, held, fill, name);
  if (bound.slot === undefined || (convert !== null && held === null) || fill.value === undefined)
    return { name, field, mayWait: false, read };
  return { name, field, mayWait: false, read, direct: { slot: bound.slot, fill: fill.value, held } };
}

/** The whole conversion where nobody has looked at the value before, else what is left of it. */
export function wholeIfUnsure(
  left: Converter | null | 'never',
  whole: Converter,
  { unsure }: Pick<Bound, 'unsure'>,
  to: TypeRef,
): Converter | null | 'never' {
  return unsure === true && left !== 'never' && (to.list === true || to.type !== 'any') ? whole : left;
}

type Convert = ((value: unknown) => Value) | null;
/** What stands in for null: a value, or an error. */
type Fill = { readonly value?: Value; readonly call: () => Value };

function direct(read: Reader, convert: Convert, held: HeldType, fill: Fill, name: string): Reader {
  if (convert === null) return fill.value === null ? read : (frame) => read(frame) ?? fill.call();
  if (held !== null) {
    return (frame) => {
      const value = read(frame);
      return isOfType(value, held) ? value : (converted(value, convert, name) ?? fill.call());
    };
  }
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
const NO_FILL = constantly(null);

function fillFor(field: CardField, name: string): Fill {
  if (!field.required || field.list) return NO_FILL;
  const isClosed = hasClosedChoices(field);
  if (field.type === 'any' && !isClosed) return constantly(field.default ?? null);
  // The empty value is none of the choices.
  const value = field.default ?? (isClosed ? null : emptyValue(field));
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

function constantInput(
  field: CardField,
  name: string,
  convert: Converter,
  value: Value,
  report: PlanDiagnostics,
  spot: Spot,
): Input | null {
  let converted: Value;
  try {
    converted = convert(value);
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
  if (!isChoice(field, converted)) {
    const message = `${JSON.stringify(converted)} is not a choice of "${name}".`;
    report.add('error', 'not-a-choice', spot, message, `Choices: ${wordsOf(field)}.`);
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
