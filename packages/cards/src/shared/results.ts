/** What the result of a called flow is worth as an element of a list (list reference, section 0.3). */
import type { Field, FlowResult, Value } from '@flowdeck/engine';
import { fieldName, typeOf } from '@flowdeck/engine/kit';

/**
 * How an element is made of a result, which depends on the type that the author declared for the output: objects are
 * whole results, even of one field; anything else is the bare value of a single field. A stopped flow gives its message.
 */
export function elementOf(outputs: readonly Field[], output: string): 'values' | ((result: FlowResult) => Value) {
  const declared = outputs.find((field) => fieldName(field) === output);
  if (declared?.type !== 'object') return 'values';
  return (result) => (result.kind === 'stop' ? null : result.nested);
}

/**
 * The next memo of a Reduce. A single field is the memo whatever its name, except that an object memo with one key
 * may come back as that one field. A flow that was stopped without a message leaves the memo as it is.
 */
export function nextMemo(memo: Value, result: FlowResult): Value {
  if (result.kind === 'stop') return result.outputs['message'] ?? memo;
  if (Object.hasOwn(result.outputs, 'memo') && Object.keys(result.outputs).length === 1) return result.value;
  const unwrapped = typeOf(memo) === 'object' && typeOf(result.value) !== 'object';
  return unwrapped ? result.nested : result.value;
}
