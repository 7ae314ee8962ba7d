/** Types of the generated validator; see `scripts/prebuild.mjs`. */
import type { SchemaError, Shape } from './schema-shape.js';
import type { FlowFile } from './types.js';

/** Synchronous; `errors` holds the errors of the last call, at most `MAX_ERRORS`. */
export const validate: {
  (document: unknown): document is FlowFile;
  errors: readonly SchemaError[] | null;
};
export const MAX_ERRORS: number;
export const shapes: Readonly<Record<string, Shape>>;
