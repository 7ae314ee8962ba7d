/** What each trait may be, and what it asks of a card. */
import { fieldName } from '../values/index.js';
import type { CardType } from './define.js';
import type { TraitName } from './traits.js';

/** What a card must have for a trait to make sense. */
const NEEDS = {
  flow: { says: 'kind "control" and an input of type flow', met: (card) => card.kind === 'control' && hasFlow(card) },
  blocks: { says: 'kind "control" and blocks', met: (card) => card.kind === 'control' && hasBlocks(card) },
  callees: {
    says: 'kind "control", and blocks or an input of type flow',
    met: (card) => card.kind === 'control' && (hasFlow(card) || hasBlocks(card)),
  },
  pure: { says: 'kind "pure"', met: (card) => card.kind === 'pure' },
  context: { says: 'a kind other than "pure"', met: (card) => card.kind !== 'pure' },
} as const satisfies Readonly<Record<string, { readonly says: string; readonly met: (card: CardType) => boolean }>>;

interface TraitRule {
  readonly values: readonly (true | string)[];
  /** The name of a declared input is a value too. */
  readonly orInput?: true;
  readonly needs?: keyof typeof NEEDS;
}

/** Every trait, with what it may be and what it asks of a card. */
const TRAITS: { readonly [T in TraitName]-?: TraitRule } = {
  leaves: { values: ['always', 'sometimes'] },
  chooses: { values: [true], needs: 'blocks' },
  callsOnce: { values: [true], needs: 'flow' },
  detached: { values: [true], needs: 'flow' },
  swallowsErrors: { values: [true], needs: 'callees' },
  assigns: { values: [true], needs: 'pure' },
  composes: { values: [true], orInput: true, needs: 'pure' },
  urlSafe: { values: [true] },
  requests: { values: [true], orInput: true, needs: 'context' },
  answers: { values: [true], needs: 'context' },
  noResult: { values: [true] },
};

/** The names of all traits. */
// Keys of a literal are those of its type.
export const TRAIT_NAMES = Object.keys(TRAITS) as readonly TraitName[];

/** What is wrong with a trait that a card declares. */
export interface TraitFault {
  readonly trait: string;
  readonly message: string;
  readonly hint: string;
}

/** Everything that is wrong with the traits of a card: unknown ones, values that they do not take, and what they lack. */
export function traitFaults(card: CardType): TraitFault[] {
  // Whoever writes JavaScript may have given anything.
  const given: unknown = card.traits;
  if (given === undefined) return [];
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    return [{ trait: '', message: '"traits" is not an object.', hint: `Write such as { leaves: 'always' }.` }];
  }
  return Object.entries(given).flatMap(([trait, value]) => (value === undefined ? [] : faultsOf(card, trait, value)));
}

function faultsOf(card: CardType, trait: string, value: unknown): TraitFault[] {
  if (!isTrait(trait)) {
    return [{ trait, message: `There is no trait "${trait}".`, hint: `The traits are ${TRAIT_NAMES.join(', ')}.` }];
  }
  const { values, orInput, needs }: TraitRule = TRAITS[trait];
  const faults: TraitFault[] = [];
  const isInput = orInput === true && card.inputs.some((field) => fieldName(field) === value);
  if (!isInput && !values.some((known) => known === value)) {
    const choices = [...values.map((known) => JSON.stringify(known)), ...(orInput ? ['the name of an input'] : [])];
    faults.push({
      trait,
      message: `The trait "${trait}" is ${describe(value)}.`,
      hint: `Give ${choices.join(' or ')}, or leave it out.`,
    });
  }
  if (needs !== undefined && !NEEDS[needs].met(card)) {
    const hint = 'Leave the trait out, or declare what it needs.';
    faults.push({ trait, message: `The trait "${trait}" needs ${NEEDS[needs].says}.`, hint });
  }
  return faults;
}

function isTrait(name: string): name is TraitName {
  return Object.hasOwn(TRAITS, name);
}

function describe(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 60)) : String(value === null ? null : typeof value);
}

function hasFlow({ inputs }: CardType): boolean {
  return inputs.some(({ type }) => type === 'flow');
}

function hasBlocks({ blocks }: CardType): boolean {
  return Object.keys(blocks ?? {}).length > 0;
}
