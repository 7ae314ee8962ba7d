/** Runs one card's function as the engine does: binds inputs by name, fills defaults, converts, and orders the arguments. */
import type { CardContext, CardResult, CardType, Field, Outputs, Value, ValueObject } from '@flowdeck/engine';
import { converter, emptyValue, fieldName } from '@flowdeck/engine/kit';
import { fakeContext } from './fake-context.js';

export interface RunCardOptions {
  /** What the card may use, for cards that are not pure. Default: a context in which nothing is but ids and a signal. */
  readonly ctx?: CardContext;
  /** Fields of the outputs, for cards that see them. Default: those that the card declares. */
  readonly outputs?: readonly Field[];
}

/**
 * Runs a card once, without a flow around it.
 *
 * @param inputs Values by field name (`group/key` for a grouped one), converted to the declared types.
 * @throws ConversionError for a value that is not of the declared type, and what the card throws.
 * @example
 * assert.equal(runCard(initials, { name: 'Ada Lovelace' }), { initials: 'AL' });
 */
export function runCard(card: CardType, inputs: ValueObject, options: RunCardOptions = {}): CardResult<Outputs> {
  const values = card.inputs.map((field) => [fieldName(field), inputValue(field, inputs[fieldName(field)])] as const);
  const args: unknown[] = card.named ? [Object.fromEntries(values)] : values.map(([, value]) => value);
  const { extraInputs } = card;
  if (extraInputs && extraInputs.forward === undefined) {
    const declared = card.inputs.map(fieldName);
    const prefix = extraInputs.group === undefined ? '' : `${extraInputs.group}/`;
    const convert = converter(extraInputs);
    const extra = Object.entries(inputs).filter(([name]) => !declared.includes(name) && name.startsWith(prefix));
    args.push(Object.fromEntries(extra.map(([name, value]) => [name.slice(prefix.length), convert(value)])));
  }
  if (card.kind !== 'pure') args.push(options.ctx ?? fakeContext());
  if (card.seesOutputs) args.push(options.outputs ?? card.outputs);
  // The registry's view of a card has forgotten its types; the binding above has just restored them.
  return (card.run as (...args: unknown[]) => CardResult<Outputs>)(...args);
}

function inputValue(field: Field, given: Value | undefined): Value {
  const value = given === undefined ? (field.default ?? null) : converter(field)(given);
  if (value !== null) return value;
  return field.required && field.type !== 'any' ? (field.default ?? emptyValue(field)) : converter(field)(null);
}
