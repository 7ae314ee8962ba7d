/** Conversion at an input: the converter of a declared type, and what is left of it when the source's type is known. */
import { ConversionError, LimitError } from '../errors.js';
import { EMPTY_LIST } from './empty.js';
import { parseJsonText } from './json.js';
import { type Converter, SCALAR_CONVERTERS } from './scalars.js';
import type { FieldType, TypeRef, Value } from './types.js';

export type { Converter } from './scalars.js';

/**
 * The function that makes a value of type `to` of whatever arrives: the same function for the same type.
 *
 * A value that already fits is returned as it is. Null stays null, and becomes `[]` where a list is asked for. A single
 * value becomes a list of one; text that starts with `[` and is JSON becomes the list that it describes. Converting
 * twice is the same as converting once, and numbers that come out are finite. `any` passes everything on.
 *
 * The function throws `ConversionError` (code `conversion`), which names the types but never shows the value.
 *
 * @example
 * converter({ type: 'number' })('10'); // 10
 * converter({ type: 'text', list: true })('a'); // ['a']
 */
export function converter(to: TypeRef): Converter {
  return to.list ? LIST_CONVERTERS[to.type] : SCALAR_CONVERTERS[to.type];
}

/**
 * The conversion that is left when the source declares type `from`, whose values it holds or null:
 *
 * - null: the types agree, nothing to do.
 * - `'never'`: no value converts, except null, empty text and lists without items. `converter(to)` still gives the error at run time.
 * - otherwise a converter, which agrees with `converter(to)` on all values of type `from`, and on null.
 *
 * Between two lists of one type it only makes `[]` of null.
 */
export function wireConverter(from: TypeRef, to: TypeRef): Converter | null | 'never' {
  const same = from.type === to.type;
  if (to.list) {
    if (from.list && (same || to.type === 'any')) return nullToList;
    // Text may hold the JSON of any list.
    const possible = convertsTo(from.type, to.type) || (!from.list && from.type === 'text');
    return possible ? converter(to) : 'never';
  }
  if (to.type === 'any' || (same && !from.list)) return null;
  if (!from.list) return convertsTo(from.type, to.type) ? converter(to) : 'never';
  // A list has a JSON text, and a list of one object stands for that object.
  const possible = to.type === 'text' || (to.type === 'object' && convertsTo(from.type, 'object'));
  return possible ? converter(to) : 'never';
}

/** Which types a value of a type may become: the rows of the run-time table that are not errors. */
const REACHES: Readonly<Record<FieldType, readonly FieldType[]>> = {
  text: ['text', 'number', 'boolean', 'date', 'object'],
  number: ['number', 'text', 'boolean', 'date'],
  boolean: ['boolean', 'text', 'number'],
  date: ['date', 'text', 'number'],
  object: ['object', 'text'],
  file: ['file', 'text'],
  flow: ['flow'],
  any: ['text', 'number', 'boolean', 'date', 'object', 'file', 'flow'],
};

function convertsTo(from: FieldType, to: FieldType): boolean {
  return to === 'any' || REACHES[from].includes(to);
}

function nullToList(value: unknown): Value {
  // The source declares a list of this type.
  return value === null || value === undefined ? EMPTY_LIST : (value as Value);
}

const LIST_CONVERTERS: Readonly<Record<FieldType, Converter>> = {
  any: listConverter(SCALAR_CONVERTERS.any),
  text: listConverter(SCALAR_CONVERTERS.text),
  number: listConverter(SCALAR_CONVERTERS.number),
  boolean: listConverter(SCALAR_CONVERTERS.boolean),
  date: listConverter(SCALAR_CONVERTERS.date),
  object: listConverter(SCALAR_CONVERTERS.object),
  file: listConverter(SCALAR_CONVERTERS.file),
  flow: listConverter(SCALAR_CONVERTERS.flow),
};

function listConverter(convert: Converter): Converter {
  return (value) => {
    if (Array.isArray(value)) return convertItems(value, convert);
    if (value === null || value === undefined || value === '') return EMPTY_LIST;
    const list = typeof value === 'string' ? listInText(value) : null;
    return list === null ? [convert(value)] : convertItems(list, convert);
  };
}

/** The list that JSON text describes. Null for text that only looks like one, such as `[draft] Offer`. */
function listInText(text: string): readonly unknown[] | null {
  const json = text.trimStart();
  if (!json.startsWith('[')) return null;
  try {
    const list = parseJsonText(json);
    return Array.isArray(list) ? list : null;
  } catch (error) {
    if (error instanceof LimitError) throw error;
    return null;
  }
}

/** Copies from the first item on that changes; a list whose items all fit is returned as it is. */
function convertItems(list: readonly unknown[], convert: Converter): Value {
  let index = 0;
  try {
    for (; index < list.length; index++) {
      const item = convert(list[index]);
      if (item !== list[index]) break;
    }
    // Every item was found to be a Value by the converter, which gave it back.
    if (index === list.length) return list as readonly Value[];
    const items = list.slice(0, index) as Value[]; // found to be values
    for (; index < list.length; index++) items.push(convert(list[index]));
    return items;
  } catch (error) {
    if (!(error instanceof ConversionError)) throw error;
    throw new ConversionError(`Item ${index} of the list: ${error.message}`, {
      ...(error.hint === undefined ? {} : { hint: error.hint }),
      cause: error,
    });
  }
}
