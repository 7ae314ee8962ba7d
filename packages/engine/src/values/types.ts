/** The values that flow between cards, and the types that fields declare. */

/** A handle to a file in the engine's file store. The content stays in the store. */
export class FileRef {
  /** Made by the store, and unique in it. */
  readonly id: string;
  /** As it was given when the file was put into the store, such as `orders.csv`. */
  readonly name: string;
  /** Bytes, when known. */
  readonly size: number | null;
  /** Such as `text/csv`. Null: not known. */
  readonly mediaType: string | null;

  constructor(id: string, name: string, size: number | null = null, mediaType: string | null = null) {
    this.id = id;
    this.name = name;
    this.size = size;
    this.mediaType = mediaType;
  }
}

/**
 * A reference to a flow, as a value: what a `{"flow": "id"}` binding gives. Only the engine makes one; a card hands it
 * to `ctx.call` or `ctx.callEach`, and a flow may pass it on as an input.
 */
export abstract class FlowRef {
  /** Id of the flow in its deck. */
  abstract readonly id: string;
  /** Its name for people. */
  abstract readonly name: string;

  /** In JSON text a flow is its id: what stands behind a reference is the engine's. */
  toJSON(): string {
    return this.id;
  }
}

/** Anything a field can hold. Immutable by contract: a card never changes a value that it was given. */
export type Value = null | string | number | boolean | Date | FileRef | FlowRef | readonly Value[] | ValueObject;
/** Values by name. */
export interface ValueObject {
  /** By name. */
  readonly [key: string]: Value;
}

/**
 * A value that JSON has a form for. In an event dates are ISO text, files and flows small objects, secrets `[redacted]`.
 */
export type JsonData = null | string | number | boolean | readonly JsonData[] | DataObject;
/** JSON data by name. */
export interface DataObject {
  /** By name. */
  readonly [key: string]: JsonData;
}

/** `any` takes and gives whatever arrives, without conversion. */
export type FieldType = 'text' | 'number' | 'boolean' | 'date' | 'object' | 'file' | 'flow' | 'any';
/** All types of fields. */
export const FIELD_TYPES: readonly FieldType[] = ['text', 'number', 'boolean', 'date', 'object', 'file', 'flow', 'any'];

/** A type of values: one, or a list of it. */
export interface TypeRef {
  /** Of the value, or of each item of the list. */
  readonly type: FieldType;
  /** True: a list of `type`. */
  readonly list?: boolean;
}

/** One declared field of a card type or of a flow's signature. */
export interface Field extends TypeRef {
  /** Its name. With `group`, unique within the group only. */
  readonly key: string;
  /** A grouped field is addressed as `group/key`, and nests under its group in a result. */
  readonly group?: string;
  /** What people read in place of `key`. */
  readonly label?: string;
  /** What to give or expect there, in a sentence. Documentation and editors show it. */
  readonly description?: string;
  /** True: a value has to be given, and it is not null. Default false. */
  readonly required?: boolean;
  /** Used when no value is given. Without one, the empty value of the type. */
  readonly default?: Value;
  /** The only values that it may have. A declared card may take others as well: `CardField.openChoices`. */
  readonly choices?: readonly Value[];
  /** The value is a secret: it never appears in events, history, logs or errors. */
  readonly secret?: boolean;
  /** Known properties of an object, for editors and for reading `/card/output/property`. */
  readonly properties?: readonly Field[];
}

/** The name by which bindings and results address a field: `key`, or `group/key`. */
export function fieldName(field: { readonly key: string; readonly group?: string | undefined }): string {
  return field.group === undefined ? field.key : `${field.group}/${field.key}`;
}
