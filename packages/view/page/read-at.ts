/** What a binding leads to at the moment of a step: the output of an earlier card, or an input of the flow. */
import { isRecord } from './record.js';
import type { RunData } from './run-data.js';

/** Numbers of the values that the inputs of a step were read from. */
export function sourcesOf(data: RunData, step: number): readonly number[] {
  const bindings = Object.values(data.cardOf(step)?.bindings ?? {});
  return bindings.flatMap((binding) => placeOf(data, step, binding)?.value ?? []);
}

/** `undefined`: it is not known. */
export function readAt(data: RunData, step: number, binding: unknown): unknown {
  const place = placeOf(data, step, binding);
  if (place === null) return undefined;
  let value = data.value(place.value);
  for (const token of place.tokens) {
    if (Array.isArray(value)) value = value[Number(token)];
    else if (isRecord(value) && Object.hasOwn(value, token)) value = value[token];
    else return undefined;
  }
  return value;
}

function placeOf(data: RunData, step: number, binding: unknown) {
  if (!isRecord(binding)) return null;
  const { from } = binding;
  if (typeof from !== 'string' || !from.startsWith('/')) return null;
  // RFC 6901.
  const [root = '', ...tokens] = from
    .slice(1)
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
  if (root === 'inputs') return { value: data.run.executions.inputs[data.executionOf(step)] ?? -1, tokens };
  const source = data.lastRunOf(root, step);
  return source < 0 ? null : { value: data.run.steps.outputs[source] ?? -1, tokens };
}
