/** What each trait may be, and what it asks of a card. */
import { quoted } from '../../document/members.js';
import { isPlainObject } from '../../values/index.js';
import type { TraitName } from '../traits.js';
import type { DeclarationSpot } from './declaration-spot.js';
import { fieldsByName } from './field.js';
import { describeValue, type MemberCheck, plainObject, reportUnknownMember, type Unchecked } from './members.js';

/** What a card must have for a trait to make sense. */
const NEEDS = {
  flow: {
    says: 'kind "control" and an input of type flow',
    met: (card) => card['kind'] === 'control' && hasFlow(card),
  },
  blocks: { says: 'kind "control" and blocks', met: (card) => card['kind'] === 'control' && hasBlocks(card) },
  callees: {
    says: 'kind "control", and blocks or an input of type flow',
    met: (card) => card['kind'] === 'control' && (hasFlow(card) || hasBlocks(card)),
  },
  effect: { says: 'kind "effect"', met: (card) => card['kind'] === 'effect' },
  extras: {
    says: 'kind "control", extra inputs and no others',
    met: (card) => card['kind'] === 'control' && takesExtraOnly(card),
  },
  control: { says: 'kind "control"', met: (card) => card['kind'] === 'control' },
  pure: { says: 'kind "pure"', met: (card) => card['kind'] === 'pure' },
  context: { says: 'a kind other than "pure"', met: (card) => card['kind'] !== 'pure' },
} as const satisfies Readonly<Record<string, { readonly says: string; readonly met: (card: Unchecked) => boolean }>>;

interface TraitRule {
  readonly values: readonly (true | string)[];
  /** The name of a declared input is a value too. */
  readonly orInput?: true;
  /** Its value has these members, each the name of an input of the card or of its blocks. */
  readonly inputs?: readonly string[];
  readonly needs?: keyof typeof NEEDS;
}

/** Every trait, with what it may be and what it asks of a card. */
const TRAITS: { readonly [T in TraitName]-?: TraitRule } = {
  leaves: { values: ['always', 'sometimes'] },
  returns: { values: [true], needs: 'extras' },
  chooses: { values: [true], needs: 'blocks' },
  callsOnce: { values: [true], needs: 'flow' },
  detached: { values: [true], needs: 'flow' },
  passive: { values: [true], needs: 'control' },
  atMostOnce: { values: [true], needs: 'effect' },
  swallowsErrors: { values: [true], needs: 'callees' },
  assigns: { values: [true], needs: 'pure' },
  composes: { values: [true], orInput: true, needs: 'pure' },
  parses: { values: [], orInput: true },
  picks: { values: [true], orInput: true },
  dateFormat: { values: [], orInput: true },
  timeZone: { values: [], orInput: true },
  selects: { values: [], orInput: true },
  orders: { values: [], orInput: true },
  urlSafe: { values: [true] },
  requests: { values: [true], orInput: true, needs: 'context' },
  method: { values: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'], orInput: true, needs: 'context' },
  answers: { values: [true], needs: 'context' },
  givesAsItComes: { values: [true] },
  noResult: { values: [true] },
  remarks: { values: [true], orInput: true, needs: 'pure' },
  compares: { values: [], inputs: ['left', 'operator', 'right'] },
};

/** The names of all traits. */
// Keys of a literal are those of its type.
export const TRAIT_NAMES = Object.keys(TRAITS) as readonly TraitName[];

/** The traits of a card: unknown ones, values that they do not take, and what they ask of the card and it lacks. */
export const checkTraits: MemberCheck = (value, spot, card) => {
  const traits = plainObject(value, spot, 'a set of traits');
  if (traits === null) return;
  for (const trait of Object.keys(traits)) {
    const given = traits[trait];
    if (given === undefined) continue;
    if (isTrait(trait)) checkTrait(trait, given, spot.at(trait), card);
    else reportUnknownMember(trait, spot, 'a set of traits', TRAIT_NAMES);
  }
};

function checkTrait(trait: TraitName, value: unknown, spot: DeclarationSpot, card: Unchecked): void {
  const { values, orInput, inputs, needs }: TraitRule = TRAITS[trait];
  const isInput = orInput === true && typeof value === 'string' && fieldsByName(card['inputs']).has(value);
  const isRecord = inputs !== undefined && namesInputs(value, inputs, card);
  if (!isInput && !isRecord && !values.some((known) => known === value)) {
    const choices = [
      ...values.map((known) => JSON.stringify(known)),
      ...(orInput ? ['the name of an input'] : []),
      ...(inputs ? [`{ ${inputs.join(', ')} }, the names of inputs of the card or of its blocks`] : []),
    ];
    const given = typeof value === 'string' ? quoted(value) : describeValue(value);
    const hint = `Give ${choices.join(' or ')}, or leave it out.`;
    spot.fault('declaration-value', `${given} is no value of the trait "${trait}".`, hint);
  }
  if (needs !== undefined && !NEEDS[needs].met(card)) {
    const hint = 'Leave the trait out, or declare what it needs.';
    spot.fault('declaration-conflict', `The trait "${trait}" needs ${NEEDS[needs].says}.`, hint);
  }
}

/** True for an object with just these members, all of them names of inputs. */
function namesInputs(value: unknown, members: readonly string[], card: Unchecked): boolean {
  if (!isPlainObject(value) || Object.keys(value).length !== members.length) return false;
  const blocks = isPlainObject(card['blocks']) ? Object.values(card['blocks']) : [];
  const lists = [card, ...blocks.filter(isPlainObject)].map(({ inputs }) => fieldsByName(inputs));
  return members.every((member) => lists.some((fields) => fields.has(String(value[member]))));
}

function isTrait(name: string): name is TraitName {
  return Object.hasOwn(TRAITS, name);
}

function hasFlow({ inputs }: Unchecked): boolean {
  return [...fieldsByName(inputs).values()].some((field) => field['type'] === 'flow');
}

function takesExtraOnly({ inputs, extraInputs }: Unchecked): boolean {
  return extraInputs !== undefined && Array.isArray(inputs) && inputs.length === 0;
}

function hasBlocks({ blocks }: Unchecked): boolean {
  return typeof blocks === 'object' && blocks !== null && Object.keys(blocks).length > 0;
}
