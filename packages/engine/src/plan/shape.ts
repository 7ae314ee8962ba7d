/** What a card type's declaration comes to, worked out once for all its cards in a deck. */
import type { CardField, CardType } from '../cards/index.js';
import { deepFreeze, emptyValue, type Field, fieldName, type Value } from '../values/index.js';
import { constantly } from './typed-input.js';
import type { Input } from './types.js';

/** An input that a card declares. */
export interface DeclaredInput {
  readonly name: string;
  readonly field: CardField;
  /** What every card has of which the document says nothing. Null: it has to say something. */
  readonly absent: Input | null;
}

/** An output before it has a slot. `convert` is null when the card's own declaration is the type asked for. */
export interface DeclaredOutput {
  readonly name: string;
  readonly field: Field;
  readonly convert: ((value: unknown) => Value) | null;
}

export interface CardShape {
  readonly card: CardType;
  readonly inputs: readonly DeclaredInput[];
  readonly inputNames: ReadonlySet<string>;
  readonly outputs: readonly DeclaredOutput[];
  /** What it gives is of the types that it declares: nothing has to look. */
  readonly sealed: boolean;
  /** The author may declare outputs beyond the card's own. */
  readonly open: boolean;
  /** Name of the input that holds the flow to call, or null. */
  readonly flowInput: string | null;
  readonly blocks: readonly string[];
}

export function cardShapeOf(card: CardType, sealed: boolean): CardShape {
  const inputs = card.inputs.map(declaredInput);
  const blocks = Object.entries(card.blocks ?? {});
  const isInline = blocks.some(([, block]) => block.scope === 'inline');
  return {
    card,
    inputs,
    inputNames: new Set(inputs.map((input) => input.name)),
    outputs: card.outputs.map((field) => ({ name: fieldName(field), field, convert: null })),
    sealed,
    open: card.extraOutputs !== undefined || card.outputsFromBlocks === true || isInline,
    flowInput: card.kind === 'control' ? (card.extraInputs?.forward ?? flowInput(inputs)) : null,
    blocks: blocks.map(([name]) => name),
  };
}

export function declaredInput(field: CardField): DeclaredInput {
  const name = fieldName(field);
  if (field.default === undefined && field.required) return { name, field, absent: null };
  const value = deepFreeze(field.default ?? (field.list ? emptyValue(field) : null));
  return { name, field, absent: constantly(field, name, value) };
}

/** A card that calls a flow without forwarding anything to it. */
function flowInput(inputs: CardShape['inputs']): string | null {
  return inputs.find(({ field }) => field.type === 'flow')?.name ?? null;
}
