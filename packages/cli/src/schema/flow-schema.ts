/** The JSON Schema of the flow file with the cards of an engine filled in, so that an editor completes names, fields and choices. */
import type { CardType, Field } from '@flowdeck/engine';
import { fieldName } from '@flowdeck/engine/kit';

/** JSON Schema as this file writes it: plain data. */
type Schema = { readonly [key: string]: unknown };

/** What is read of the base schema. */
export interface BaseSchema {
  readonly definitions: { readonly card: Schema & { readonly properties: Schema }; readonly [name: string]: Schema };
  readonly [key: string]: unknown;
}

const BINDING = { $ref: '#/definitions/binding' };

/**
 * The schema of `@flowdeck/engine/schema/flow-1.json`, narrowed to the given cards. Card ids and choices become enums;
 * inputs become named properties with types, defaults and descriptions.
 *
 * @example
 * const schema = flowSchema(base, engine.cards.map((entry) => entry.card));
 */
export function flowSchema(base: BaseSchema, cards: readonly CardType[]): Schema {
  const { card } = base.definitions;
  const sorted = [...cards].sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    ...base,
    definitions: {
      ...base.definitions,
      card: {
        ...card,
        properties: {
          ...card.properties,
          card: {
            description: 'The card type.',
            type: 'string',
            enum: sorted.map(({ id }) => id),
            // Understood by the editors that show a text beside each choice.
            enumDescriptions: sorted.map(({ title, description }) => `${title}. ${description}`),
          },
        },
        allOf: sorted.map(cardRule),
      },
    },
  };
}

/** What holds for the cards of one type. */
function cardRule(card: CardType): Schema {
  const properties: Record<string, Schema> = { in: inputsOf(card) };
  const blocks = Object.entries(card.blocks ?? {});
  if (!blocks.some(([name]) => name === '*')) properties['blocks'] = blocksOf(blocks);
  const needsInputs = requiredInputs(card).length > 0 ? ['in'] : [];
  const needsBlocks = blocks.some(([, block]) => block.required) ? ['blocks'] : [];
  const required = [...needsInputs, ...needsBlocks];
  return {
    if: { properties: { card: { const: card.id } }, required: ['card'] },
    then: { properties, ...(required.length === 0 ? {} : { required }) },
  };
}

function blocksOf(
  blocks: readonly (readonly [string, { readonly required?: boolean; readonly description?: string }])[],
): Schema {
  const required = blocks.filter(([, block]) => block.required).map(([name]) => name);
  return {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(
      blocks.map(([name, block]) => [
        name,
        { allOf: [{ $ref: '#/definitions/block' }], ...described(block.description) },
      ]),
    ),
    ...(required.length === 0 ? {} : { required }),
  };
}

function inputsOf(card: CardType): Schema {
  const required = requiredInputs(card);
  const { extraInputs } = card;
  const open =
    extraInputs === undefined
      ? { additionalProperties: false }
      : extraInputs.group === undefined
        ? { additionalProperties: BINDING }
        : { additionalProperties: false, patternProperties: { [`^${escaped(extraInputs.group)}/`]: BINDING } };
  return {
    type: 'object',
    properties: Object.fromEntries(card.inputs.map((field) => [fieldName(field), inputOf(field)])),
    ...open,
    ...(required.length === 0 ? {} : { required }),
  };
}

/** Inputs that the author has to bind: required ones without a default. */
function requiredInputs(card: CardType): string[] {
  return card.inputs.filter((field) => field.required && field.default === undefined).map(fieldName);
}

function inputOf(field: Field): Schema {
  const type = field.list ? `List of ${field.type}.` : `${field.type[0]?.toUpperCase()}${field.type.slice(1)}.`;
  const text = [field.description, type].filter(Boolean).join(' ');
  const shared = { ...described(text), ...(field.default === undefined ? {} : { default: field.default }) };
  if (!field.choices) return { allOf: [BINDING], ...shared };
  // A choice, or a value that comes from somewhere else.
  return { anyOf: [{ enum: [...field.choices] }, { allOf: [BINDING], type: 'object' }], ...shared };
}

function described(text: string | undefined): Schema {
  return text === undefined || text === '' ? {} : { description: text };
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
