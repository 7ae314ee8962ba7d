/** The types of what `scripts/prebuild.mjs` generates from the JSON Schema. */

/** One error, as ajv tells it. */
export interface SchemaError {
  /** JSON Pointer into the document. */
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** Set when the error is in the name of a property, not in its value. */
  readonly propertyName?: string;
}

/** A kind of object in the flow file. Kinds are named as the definitions of the schema. */
export interface Shape {
  /** What people call it: `card`, `error policy`. */
  readonly title: string;
  /** Kind of each property's value (of each item, if that is a list), in canonical order. */
  readonly properties?: Readonly<Record<string, string>>;
  /** Kind of all members of an object whose keys the author chooses. */
  readonly each?: string;
}
