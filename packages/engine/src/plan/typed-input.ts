/** Gives an input the type that its field asks for. */
import type { CardField } from '../cards/index.js';
import { ConversionError, FlowdeckError, RunError } from '../errors.js';
import {
  type Converter,
  converter,
  deepFreeze,
  emptyValue,
  type Field,
  isChoice,
  type TypeRef,
  type Value,
} from '../values/index.js';
import { type Bound, boundReader } from './bound.js';
import { choosing, hasClosedChoices, wordsOf } from './choices.js';
import { type HeldType, heldTypeOf, isOfType } from './direct.js';
import type { FieldConversion } from './field-conversion.js';
import { expressionReader } from './plain-reader.js';
import type { PlanDiagnostics } from './plan-diagnostics.js';
import type { Readable, Reader } from './reader.js';
import type { Spot } from './spot.js';
import type { Input } from './types.js';

/** Adds the conversion to the field's type, and what a required field gets instead of null. */
export function typedInput(
  field: CardField,
  name: string,
  bound: Bound,
  by: FieldConversion,
  report: PlanDiagnostics,
  places: Spot,
): Input | null {
  if (bound.constant !== null) return constantInput(field, name, by.whole(field), bound.constant.value, report, places);
  const wire = wholeIfUnsure(by.wire(bound.type, field), by.whole(field), bound, field);
  if (wire === 'never') {
    report.add(
      'error',
      'type-mismatch',
      places.at(name),
      `"${name}" asks for ${typeName(field)}, and ${typeName(bound.type)} can never become one.`,
      'Convert the value with a card before this one, or read another output.',
    );
    return null;
  }
  const convert = choosing(field, name, wire);
  const fill = fillOf(field);
  if (bound.mayWait) return readInput(name, field, waiting(boundReader(bound), convert, fill, name), true);
  // Whoever declares the field, numbers and texts are converted by the same rules.
  const held = bound.unsure && convert === converter(field) ? heldTypeOf(field) : null;
  const { plain, slot } = bound;
  if (plain !== null) return readInput(name, field, expressionReader(plain, held, finishing(convert, fill, name)));
  const isDirect = slot !== null && (convert === null || held !== null) && fill !== undefined;
  if (isDirect && held === null) return inputOf(name, field, slot, fill, null, null, false, undefined);
  const read = typedReader(boundReader(bound) as Reader, convert, held, fill, name); // only a waiting one gives a promise
  return isDirect ? inputOf(name, field, slot, fill, held, read, false, undefined) : readInput(name, field, read);
}

/** The whole conversion where nobody has looked at the value before, else what is left of it. */
export function wholeIfUnsure(
  left: Converter | null | 'never',
  whole: Converter,
  { unsure }: Pick<Bound, 'unsure'>,
  to: TypeRef,
): Converter | null | 'never' {
  return unsure && left !== 'never' && (to.list === true || to.type !== 'any') ? whole : left;
}

type Convert = ((value: unknown) => Value) | null;
/** What stands in for null. Undefined: nothing does, and null is an error. */
type Fill = Value | undefined;

/** Closures stand in functions of their own: each keeps what it needs, and a plan has thousands. */
function typedReader(read: Reader, convert: Convert, held: HeldType, fill: Fill, name: string): Reader {
  if (convert === null) return fill === null ? read : fillingReader(read, fill, name);
  return held === null ? convertingReader(read, convert, fill, name) : holdingReader(read, convert, held, fill, name);
}

function fillingReader(read: Reader, fill: Fill, name: string): Reader {
  return (frame) => read(frame) ?? filled(fill, name);
}

function convertingReader(read: Reader, convert: Converter, fill: Fill, name: string): Reader {
  return (frame) => converted(read(frame), convert, name) ?? filled(fill, name);
}

function holdingReader(read: Reader, convert: Converter, held: HeldType, fill: Fill, name: string): Reader {
  return (frame) => {
    const value = read(frame);
    return isOfType(value, held) ? value : (converted(value, convert, name) ?? filled(fill, name));
  };
}

/** What is left to do to a value that is not of the held type. Null: nothing. */
function finishing(convert: Convert, fill: Fill, name: string): ((value: Value) => Value) | null {
  if (convert !== null) return (value) => converted(value, convert, name) ?? filled(fill, name);
  return fill === null ? null : (value) => value ?? filled(fill, name);
}

function waiting(
  read: (frame: Readable) => Value | Promise<Value>,
  convert: Convert,
  fill: Fill,
  name: string,
): (frame: Readable) => Promise<Value> {
  return async (frame) => {
    const raw = await read(frame);
    return (convert === null ? raw : converted(raw, convert, name)) ?? filled(fill, name);
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
function fillOf(field: CardField): Fill {
  if (!field.required || field.list) return null;
  const isClosed = hasClosedChoices(field);
  if (field.type === 'any' && !isClosed) return deepFreeze(field.default ?? null);
  // The empty value is none of the choices.
  return deepFreeze(field.default ?? (isClosed ? undefined : (emptyValue(field) ?? undefined)));
}

function filled(fill: Fill, name: string): Value {
  if (fill !== undefined) return fill;
  throw new RunError('missing-input', `The required input "${name}" got no value.`, { at: { field: name } });
}

/** An input whose value stands in the document. Null after a reported error. */
export function constantInput(
  field: CardField,
  name: string,
  convert: Converter,
  value: Value,
  report: PlanDiagnostics,
  places: Spot,
): Input | null {
  let converted: Value;
  try {
    converted = convert(value);
    if (converted === null) {
      const fill = fillOf(field);
      if (fill === undefined) {
        // The author wrote null: the card may stand where it is never reached, so only its turn is an error.
        const spot = places.at(name);
        report.add('warning', 'missing-input', spot, `The required input "${name}" is null, and the card will fail.`);
        return failing(field, name);
      }
      converted = fill;
    }
  } catch (error) {
    const reason = error instanceof FlowdeckError ? error.message : 'it has another type.';
    report.add('error', 'type-mismatch', places.at(name), `"${name}" asks for ${typeName(field)}: ${reason}`);
    return null;
  }
  if (!isChoice(field, converted)) {
    const message = `${JSON.stringify(converted)} is not a choice of "${name}".`;
    report.add('error', 'not-a-choice', places.at(name), message, `Choices: ${wordsOf(field)}.`);
    return null;
  }
  return constantly(field, name, deepFreeze(converted));
}

function failing(field: Field, name: string): Input {
  return readInput(name, field, () => filled(undefined, name));
}

/** An input that is the same in every run; the value is frozen. */
export function constantly(field: Field, name: string, constant: Value): Input {
  return inputOf(name, field, -1, constant, null, null, false, constant);
}

/** What is bound, without any conversion. */
export function boundInput(name: string, field: Field, { read, slot, constant, mayWait }: Bound): Input {
  return read === null
    ? inputOf(name, field, slot ?? -1, constant?.value ?? null, null, null, false, constant?.value)
    : readInput(name, field, read, mayWait);
}

/** The same input under another name, or of another field. */
export function inputAs({ slot, fill, held, read, mayWait, constant }: Input, name: string, field: Field): Input {
  return inputOf(name, field, slot, fill, held, read, mayWait, constant);
}

/** An input that only a function can read. */
export function readInput(name: string, field: Field, read: NonNullable<Bound['read']>, mayWait = false): Input {
  return inputOf(name, field, -1, null, null, read as Reader, mayWait, undefined); // a promise where it may wait
}

/** The one place where they are made: inputs are read quickly if they are of one shape. */
function inputOf(
  name: string,
  field: Field,
  slot: number,
  fill: Value,
  held: HeldType,
  read: Reader | null,
  mayWait: boolean,
  constant: Value | undefined,
): Input {
  return { name, field, slot, fill, held, read, mayWait, constant };
}

export function typeName(type: TypeRef): string {
  return type.list
    ? `a list of ${type.type}`
    : type.type === 'any'
      ? 'anything'
      : `${type.type === 'object' ? 'an' : 'a'} ${type.type}`;
}
