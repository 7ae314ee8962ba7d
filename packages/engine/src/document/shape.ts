/** Checks a document against the JSON Schema, and says in plain English what does not fit. */
import type { EngineCode } from '../codes.js';
import { parsePointer, pointerTo } from '../values/index.js';
import type { Diagnostics, DocumentDiagnostic } from './diagnostics.js';
import { closest } from './did-you-mean.js';
import { isJsonScalar } from './inspect.js';
import { kindOfMember, objectShapeOf, rootKind } from './kinds.js';
import { childOf, isObject, quoted } from './members.js';
import type { SchemaError, Shape } from './schema-shape.js';
import { describeActual, describeTypes, REQUIRED, SHAPE_PATTERNS } from './shape-words.js';
import type { FlowFile } from './types.js';
import { MAX_ERRORS, validate } from './validate.generated.js';

/** Reports `schema-...`, `malformed-pointer` and `unsupported-version`. */
export function isFlowFile(document: unknown, diagnostics: Diagnostics): document is FlowFile {
  if (validate(document)) return true;
  const errors = validate.errors ?? [];
  const found = errors.map((error) => diagnosticOf(error, document)).filter((each) => each !== null);
  // `crd` in a card is one mistake, not an unknown property and a missing one.
  const meant = new Set(found.map((each) => each.meant));
  for (const each of found) {
    if (each.missing === undefined || !meant.has(each.missing)) diagnostics.add(each.diagnostic);
  }
  if (errors.length >= MAX_ERRORS) diagnostics.cut();
  return false;
}

interface SchemaDiagnostic {
  readonly diagnostic: DocumentDiagnostic;
  /** Pointer to the property that is missing. */
  readonly missing?: string;
  /** Pointer to the property that an unknown one probably stands for. */
  readonly meant?: string;
}

interface SchemaPlace {
  readonly pointer: string;
  /** Kind in the schema of what stands there. */
  readonly kind: string;
  readonly shape: Shape | undefined;
  readonly value: unknown;
  /** What a message calls it: `"timeout"`, `Item 2 of "cards"`. */
  readonly name: string;
}

/** Null for what only accompanies another error. */
function diagnosticOf(error: SchemaError, document: unknown): SchemaDiagnostic | null {
  const spot = placeOf(error.instancePath, document);
  const { params } = error;
  switch (error.keyword) {
    case 'required':
      return missingProperty(spot, String(params['missingProperty']));
    case 'additionalProperties':
      return unknownProperty(spot, String(params['additionalProperty']));
    case 'propertyNames':
      return blockName(spot, String(params['propertyName']));
    case 'type':
      // What JSON cannot hold has been reported as that.
      if (!isObject(spot.value) && !isJsonScalar(spot.value)) return null;
      return wrongType(spot, params['type']);
    case 'const':
      return plain(
        spot,
        'unsupported-version',
        'must be the number 1',
        'Write "flowdeck": 1, the version of the format.',
      );
    case 'enum':
      return notOneOf(spot, params['allowedValues']);
    case 'pattern':
      return error.propertyName === undefined ? wrongText(spot) : null;
    case 'minProperties':
    case 'maxProperties':
      return plain(
        spot,
        'schema-binding',
        `must have exactly one property, but has ${error.keyword === 'minProperties' ? 'none' : 'several'}`,
        'Keep one of value, from, expr, flow, item; an object as a literal is written {"value": {...}}.',
      );
    case 'minimum':
    case 'exclusiveMinimum':
      return plain(
        spot,
        'schema-range',
        `must be ${error.keyword === 'minimum' ? 'at least' : 'more than'} ${String(params['limit'])}`,
        'Write a larger number.',
      );
    case 'minItems':
    case 'maxItems':
      return plain(spot, 'schema-range', 'must have two numbers', 'Write [from, to] in milliseconds.');
    case 'if':
      return null;
    default:
      return plain(
        spot,
        'schema-type',
        `breaks the rule "${error.keyword}" of the format`,
        'See the schema of the format.',
      );
  }
}

function placeOf(pointer: string, document: unknown): SchemaPlace {
  const tokens = parsePointer(pointer);
  let kind: string = rootKind(document);
  let parent: unknown;
  let value = document;
  for (const token of tokens) {
    parent = value;
    value = childOf(value, token);
    // The items of a list are of the kind that the list has.
    if (!Array.isArray(parent)) kind = kindOfMember(kind, token);
  }
  const last = tokens.at(-1);
  let name = last === undefined ? 'The document' : quoted(last);
  if (Array.isArray(parent)) name = `Item ${Number(last) + 1} of ${quoted(tokens.at(-2) ?? '')}`;
  return { pointer, kind, shape: objectShapeOf(kind), value, name };
}

function plain(spot: SchemaPlace, code: EngineCode, verdict: string, hint: string): SchemaDiagnostic {
  return { diagnostic: { code, pointer: spot.pointer, message: `${spot.name} ${verdict}.`, hint } };
}

function missingProperty(spot: SchemaPlace, property: string): SchemaDiagnostic {
  const diagnostic = plain(
    spot,
    'schema-required',
    `is a ${spot.shape?.title ?? 'object'} without ${quoted(property)}`,
    REQUIRED[property] ?? `Add ${quoted(property)}.`,
  );
  return { ...diagnostic, missing: pointerTo(spot.pointer, property) };
}

function unknownProperty(spot: SchemaPlace, property: string): SchemaDiagnostic {
  const known = Object.keys(spot.shape?.properties ?? {});
  const present = known.filter((name) => childOf(spot.value, name) === undefined);
  const meant = closest(property, present);
  const hint = meant === null ? `Known properties: ${known.join(', ')}.` : `Did you mean "${meant}"?`;
  const pointer = pointerTo(spot.pointer, property);
  const message = `A ${spot.shape?.title ?? 'object'} has no property ${quoted(property)}.`;
  return {
    diagnostic: { code: 'schema-unknown-property', pointer, message, hint },
    ...(meant === null ? {} : { meant: pointerTo(spot.pointer, meant) }),
  };
}

function blockName(spot: SchemaPlace, name: string): SchemaDiagnostic {
  const message = `${quoted(name)} may not be the name of a block.`;
  const hint = 'Add a letter: JavaScript would move names that are numbers to the front, and blocks have an order.';
  return { diagnostic: { code: 'schema-block-name', pointer: pointerTo(spot.pointer, name), message, hint } };
}

function wrongType(spot: SchemaPlace, types: unknown): SchemaDiagnostic {
  const hint =
    spot.kind === 'binding'
      ? 'A list as a literal is written {"value": [...]}.'
      : `Write ${describeTypes(types)}${spot.pointer === '' ? ': a flow, or a deck with "flows"' : ''}.`;
  return plain(spot, 'schema-type', `must be ${describeTypes(types)}, but is ${describeActual(spot.value)}`, hint);
}

function notOneOf(spot: SchemaPlace, allowed: unknown): SchemaDiagnostic {
  const names = Array.isArray(allowed) ? allowed.map(String) : [];
  const meant = typeof spot.value === 'string' ? closest(spot.value, names) : null;
  const actual = typeof spot.value === 'string' ? quoted(spot.value) : describeActual(spot.value);
  return plain(
    spot,
    'schema-enum',
    `must be one of ${names.join(', ')}, but is ${actual}`,
    meant === null ? 'Choose one of them.' : `Did you mean "${meant}"?`,
  );
}

function wrongText(spot: SchemaPlace): SchemaDiagnostic {
  const words = SHAPE_PATTERNS[spot.kind] ?? {
    code: 'schema-type',
    expected: 'another text',
    hint: 'See the schema.',
  };
  return plain(spot, words.code, `must be ${words.expected}, but is ${quoted(String(spot.value))}`, words.hint);
}
