/** Which outputs a step has, and which of them have to be converted to a type that the author chose. */
import type { CardNode } from '../document/types.js';
import { fieldName } from '../values/index.js';
import { authorConverter } from './field-conversion.js';
import type { CardInputs } from './inputs.js';
import type { CardShape, DeclaredOutput } from './shape.js';
import type { Spot } from './spot.js';
import type { StepCompiler } from './step-compiler.js';
import type { FlowPlan } from './types.js';

export function declareOutputs(
  shape: CardShape,
  node: CardNode,
  given: CardInputs,
  target: FlowPlan | null,
  context: StepCompiler,
  spot: Spot,
): readonly DeclaredOutput[] {
  const { card } = shape;
  const fromTarget = target !== null && card.extraOutputs !== undefined && node.outputs === undefined;
  if (!card.mirror && !fromTarget && node.outputs === undefined) return shape.outputs;
  const outputs = new Map<string, DeclaredOutput>(shape.outputs.map((output) => [output.name, output]));
  if (card.mirror)
    for (const { name, field } of [...given.inputs, ...given.extra]) outputs.set(name, { name, field, convert: null });
  if (fromTarget) for (const [name, { field }] of target.outputs) outputs.set(name, { name, field, convert: null });
  for (const [index, field] of (node.outputs ?? []).entries()) {
    const name = fieldName(field);
    const place = spot.at('outputs').at(index);
    if (!shape.open && !outputs.has(name)) {
      context.report.add(
        'error',
        'unknown-output',
        place,
        `"${card.id}" has no output "${name}".`,
        context.report.suggest(name, outputs.keys()),
      );
      continue;
    }
    const isTaken = field.type === 'any' || card.traits?.givesAsItComes === true;
    outputs.set(name, { name, field, convert: isTaken ? null : authorConverter(field) });
    if (card.extraOutputs) checkResult(name, target, context, place);
  }
  return [...outputs.values()];
}

/** A Call Flow that asks for what its flow does not declare. */
function checkResult(name: string, target: FlowPlan | null, context: StepCompiler, place: Spot): void {
  if (target === null || target.outputs.size === 0 || target.outputs.has(name)) return;
  context.report.add(
    'warning',
    'unknown-result',
    place,
    `Flow "${target.id}" declares no output "${name}"; it is null unless the flow returns it all the same.`,
    context.report.suggest(name, target.outputs.keys()),
  );
}
