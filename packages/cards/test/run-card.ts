/** Runs one card's function as the engine does: binds inputs by name, fills defaults, converts, and orders the arguments. */
import type { CardContext, CardResult, CardType, Field, Outputs, Value, ValueObject } from '@flowdeck/engine';
import { converter, emptyValue, fieldName } from '@flowdeck/engine/kit';

export interface RunOptions {
  readonly ctx?: CardContext;
  /** Fields of the outputs, for cards that see them. */
  readonly outputs?: readonly Field[];
}

export function runCard(card: CardType, inputs: ValueObject, options: RunOptions = {}): CardResult<Outputs> {
  const args: unknown[] = card.inputs.map((field) => boundValue(field, inputs[fieldName(field)]));
  const { extraInputs } = card;
  if (extraInputs && extraInputs.forward === undefined) {
    const declared = card.inputs.map(fieldName);
    const prefix = extraInputs.group === undefined ? '' : `${extraInputs.group}/`;
    const convert = converter(extraInputs);
    const extra = Object.entries(inputs).filter(([name]) => !declared.includes(name) && name.startsWith(prefix));
    args.push(Object.fromEntries(extra.map(([name, value]) => [name.slice(prefix.length), convert(value)])));
  }
  if (card.kind !== 'pure') args.push(options.ctx);
  if (card.seesOutputs) args.push(options.outputs ?? card.outputs);
  // The registry's view of a card has forgotten its types; the binding above has just restored them.
  return (card.run as (...args: unknown[]) => CardResult<Outputs>)(...args);
}

function boundValue(field: Field, given: Value | undefined): Value {
  const value = given === undefined ? (field.default ?? null) : converter(field)(given);
  if (value !== null) return value;
  return field.required && field.type !== 'any' ? (field.default ?? emptyValue(field)) : converter(field)(null);
}
