/** Reads a plain expression: its evaluation, the secrets in it and its conversion, in one closure. */
import type { Value } from '../values/index.js';
import type { PlainBinding } from './bound.js';
import { type HeldType, isOfType } from './direct.js';
import type { Readable, Reader } from './reader.js';

/**
 * The value of an expression: as it is where it is of the type that is held, else what `convert` makes of it. Each call
 * between an input and its expression costs as much as an operator.
 */
export function expressionReader(
  binding: PlainBinding,
  held: HeldType,
  convert: ((value: Value) => Value) | null,
): Reader {
  const { run, settle, fault, sources } = binding;
  const hasSources = sources.length > 0;
  return (frame) => {
    if (hasSources && frame.holdsSecrets) {
      const value = evaluatedInSight(binding, frame);
      return convert === null ? value : convert(value);
    }
    let value: Value;
    try {
      const made = run(frame);
      if (isOfType(made as Value, held)) return made as Value; // nothing is of no type
      value = settle(made);
    } catch (error) {
      throw fault(error);
    }
    return convert === null ? value : convert(value);
  };
}

/** The run is told what became of the secrets that the expression could read. */
function evaluatedInSight({ run, settle, fault, sources }: PlainBinding, frame: Readable): Value {
  const values = sources.map((source) => source(frame));
  try {
    const made = settle(run(frame));
    frame.derived(values, made);
    return made;
  } catch (thrown) {
    const error = fault(thrown);
    // `$error` puts what it was given into a message.
    if (error instanceof Error) frame.derived(values, error.message);
    throw error;
  }
}
