/** Aims forwarded values at the inputs of the called flow, when that is known. */
import type { CardNode } from '../document/types.js';
import type { Value } from '../values/index.js';
import { BY_AUTHOR } from './field-conversion.js';
import type { CardInputs, TypedForward } from './inputs.js';
import type { CardShape } from './shape.js';
import type { Spot } from './spot.js';
import type { StepCompiler } from './step-compiler.js';
import { wholeIfUnsure, withField } from './typed-input.js';
import { type Argument, type FlowPlan, PlannedFlow, type Step } from './types.js';

export function compileForward(
  shape: CardShape,
  node: CardNode,
  { inputs, forwards }: CardInputs,
  context: StepCompiler,
  spot: Spot,
): Step['forward'] {
  const name = shape.flowInput;
  if (name === null) return null;
  const reference = inputs.find((input) => input.name === name)?.constant;
  const target = PlannedFlow.planOf(reference);
  if (target === null) return { input: name, target: null, args: null, all: forwards };
  context.calls(target, node, spot);
  reportMissing(forwards, target, context, spot);
  const args = forwards.flatMap((forward) => aim(forward, target, context, spot.at('in').at(forward.name)));
  // Values that wait are read and passed by name.
  return { input: name, target, args: forwards.some((forward) => forward.mayWait) ? null : args, all: forwards };
}

function aim(forward: TypedForward, target: FlowPlan, context: StepCompiler, place: Spot): Argument[] {
  const parameter = target.parameter.get(forward.name);
  if (!parameter) {
    context.report.add(
      'warning',
      'unknown-parameter',
      place,
      `Flow "${target.id}" has no input "${forward.name}"; the value goes nowhere.`,
      context.report.suggest(forward.name, target.parameter.keys()),
    );
    return [];
  }
  const { field } = parameter;
  const convert = wholeIfUnsure(BY_AUTHOR.wire(forward.type, field), BY_AUTHOR.whole(field), forward, field);
  if (convert === 'never') {
    context.report.add(
      'error',
      'type-mismatch',
      place,
      `Input "${forward.name}" of flow "${target.id}" is of type ${parameter.field.type}; this value can never become one.`,
    );
    return [];
  }
  if (forward.perItem && parameter.loose) {
    const read = forward.read as Argument['read']; // aimed, as below
    return [{ slot: parameter.slot, read: (frame, item) => parameter.convertItem(read(frame, item)) }];
  }
  // Only aimed when no forwarded value waits, so the reader gives its value at once.
  const read = forward.read as Argument['read'];
  return [{ slot: parameter.slot, read: convert === null ? read : converting(read, forward.name, convert) }];
}

function converting(read: Argument['read'], name: string, convert: (value: unknown) => Value): Argument['read'] {
  return (frame, item) => {
    try {
      return convert(read(frame, item));
    } catch (error) {
      throw withField(error, name);
    }
  };
}

function reportMissing(forwards: readonly TypedForward[], target: FlowPlan, context: StepCompiler, spot: Spot): void {
  for (const { name, field } of target.parameters) {
    if (!field.required || field.default !== undefined || forwards.some((forward) => forward.name === name)) continue;
    context.report.add(
      'warning',
      'missing-parameter',
      spot.at('in'),
      `Flow "${target.id}" asks for "${name}", which is not given; it gets the empty value of its type.`,
    );
  }
}
