/** Runs one card's function as the engine does: binds inputs by name, fills defaults, converts, and orders the arguments. */
import {
  type CardResult,
  type CardType,
  type Connection,
  ConnectionError,
  type Field,
  FlowdeckError,
  type Outputs,
  type Value,
  type ValueObject,
} from '@flowdeck/engine';
import { converter, emptyValue, fieldName } from '@flowdeck/engine/kit';
import type { TestingCode } from '../codes.js';
import { type ContextParts, fakeContext } from './fake-context.js';

/** What a card that is not pure may use of its context: what is left out fails with its name when the card uses it. */
export interface RunCardOptions extends ContextParts {
  /** Fields of the outputs, for cards that see them. Default: those that the card declares. */
  readonly outputs?: readonly Field[];
}

/**
 * Runs a card once, without a flow around it.
 *
 * @param inputs Values by field name (`group/key` for a grouped one), converted to the declared types.
 * @param options Parts of the context, such as `http`, `clock`, `connection`, `blocks`.
 * @throws FlowdeckError `unknown-field` for an input that the card does not take, ConversionError for a value that is not
 * of the declared type, ConnectionError for a connection that is not what the card declares to take, and what the card
 * throws.
 * @example
 * assert.equal(runCard(initials, { name: 'Ada Lovelace' }), { initials: 'AL' });
 * assert.equal(await runCard(weather, { service, place: 'Graz' }, { http: scriptedHttp(exchanges) }), { celsius: 21 });
 */
export function runCard(card: CardType, inputs: ValueObject, options: RunCardOptions = {}): CardResult<Outputs> {
  // A context of `fakeContext` throws for what it does not have: a copy has its members alone.
  const { outputs = card.outputs, ...parts } = { ...options };
  const values = card.inputs.map((field) => [fieldName(field), inputValue(field, inputs[fieldName(field)])] as const);
  const args: unknown[] = card.named ? [Object.fromEntries(values)] : values.map(([, value]) => value);
  const extra = extraValues(card, inputs);
  if (card.extraInputs && card.extraInputs.forward === undefined) args.push(extra);
  if (card.kind !== 'pure') {
    checkConnection(card, parts.connection ?? null);
    args.push(fakeContext(parts));
  }
  if (card.seesOutputs) args.push(outputs);
  // The registry's view of a card has forgotten its types; the binding above has just restored them.
  return (card.run as (...args: unknown[]) => CardResult<Outputs>)(...args);
}

/** A card gets of connections what it declares to take, from the engine and from a test. */
function checkConnection({ id, connection: use }: CardType, given: Connection | null): void {
  if (given === null) {
    if (use === undefined || use.optional === true) return;
    throw new ConnectionError('connection-missing', `Card "${id}" needs a connection, and this test gives none.`, {
      hint: `Add { connection: { connector: "${use.connector ?? 'any'}", auth: { ... } } }.`,
    });
  }
  if (use !== undefined && (use.connector === undefined || use.connector === given.connector)) return;
  const taken = use === undefined ? 'none' : `one of "${use.connector}"`;
  const message = `This test gives a connection of "${given.connector}", and card "${id}" takes ${taken}.`;
  throw new ConnectionError('connection-mismatch', message, {
    hint: `Declare it at the card: connection: { connector: "${given.connector}" }.`,
  });
}

function inputValue(field: Field, given: Value | undefined): Value {
  const value = given === undefined ? (field.default ?? null) : converter(field)(given);
  if (value !== null) return value;
  return field.required && field.type !== 'any' ? (field.default ?? emptyValue(field)) : converter(field)(null);
}

/** What is given beyond the declared inputs, by the names that the card gets. */
function extraValues(card: CardType, inputs: ValueObject): ValueObject {
  const declared = card.inputs.map(fieldName);
  const { extraInputs } = card;
  const prefix = extraInputs?.group === undefined ? '' : `${extraInputs.group}/`;
  const extra = Object.entries(inputs).filter(([name]) => !declared.includes(name));
  const unknown = extra.find(([name]) => extraInputs === undefined || !name.startsWith(prefix));
  if (unknown) throw unknownField(card, unknown[0], extraInputs ? [...declared, `${prefix}...`] : declared);
  const convert = extraInputs ? converter(extraInputs) : (value: Value) => value;
  return Object.fromEntries(extra.map(([name, value]) => [name.slice(prefix.length), convert(value)]));
}

function unknownField(card: CardType, name: string, known: readonly string[]): FlowdeckError {
  return new FlowdeckError<TestingCode>('unknown-field', `Card "${card.id}" has no input "${name}".`, {
    at: { field: name },
    hint: known.length === 0 ? 'It has no inputs.' : `Its inputs: ${known.join(', ')}.`,
  });
}
