/** Card types: each member of a declaration, and what it may be. */
import { didYouMean } from '../../document/did-you-mean.js';
import { quoted } from '../../document/members.js';
import { isUnsafeKey } from '../../values/index.js';
import type { CardDefinition } from '../define.js';
import type { BlockDeclaration, CardKind, ConnectionUse, ExtraInputs } from '../fields.js';
import { checkAddresses } from './address.js';
import type { DeclarationSpot } from './declaration-spot.js';
import { checkExamples } from './example.js';
import { checkFieldList, fieldsByName, TYPE_MEMBERS } from './field.js';
import {
  checkMembers,
  describeValue,
  type Member,
  optional,
  plainList,
  plainObject,
  reportUnsafe,
  required,
  type Unchecked,
} from './members.js';
import { flag, milliseconds, name, oneOf, text, words } from './scalars.js';
import { checkTraits } from './traits.js';

const KINDS: Readonly<Record<CardKind, true>> = { pure: true, effect: true, control: true };
/** As the schema of the flow file has it. */
const CARD_ID = /^([A-Za-z_][A-Za-z0-9_-]{0,63})\.[A-Za-z_][A-Za-z0-9_-]{0,127}$/;
const ERROR_CODE = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** A further member of card declarations is a further line here. */
const CARD: Readonly<Record<keyof CardDefinition, Member>> = {
  id: required(checkId, 'Add "id": "namespace.name"; it stays for ever.'),
  title: required(words, 'Add "title": what people call the card.'),
  description: required(words, 'Add "description": a sentence that says what the card does.'),
  kind: required(oneOf(Object.keys(KINDS)), 'Add "kind": "pure", "effect" or "control".'),
  inputs: required(checkFieldList, 'Add "inputs": [ ... ]; it may be empty.'),
  outputs: required(checkFieldList, 'Add "outputs": [ ... ]; it may be empty.'),
  extraInputs: optional(checkExtraInputs),
  extraOutputs: optional((value, spot) => checkMembers(value, spot, 'the type of extra outputs', TYPE_MEMBERS)),
  seesOutputs: optional(flag),
  named: optional(flag),
  mirror: optional(flag),
  blocks: optional(checkBlocks),
  outputsFromBlocks: optional(flag),
  connection: optional(checkConnection),
  traits: optional(checkTraits),
  addresses: optional(checkAddresses),
  timeoutMs: optional(milliseconds),
  errors: optional(checkErrors),
  examples: optional(checkExamples),
  deprecated: optional(words),
  run: required(checkFunction, 'Add "run": the function that does the work.'),
  prepare: optional(checkPreparation),
};

const EXTRA_INPUTS: Readonly<Record<keyof ExtraInputs, Member>> = {
  ...TYPE_MEMBERS,
  group: optional(name),
  forward: optional(text),
  perItem: optional(flag),
  description: optional(text),
};

const CONNECTION: Readonly<Record<keyof ConnectionUse, Member>> = {
  connector: optional(name),
  optional: optional(flag),
};

const BLOCK: Readonly<Record<keyof BlockDeclaration, Member>> = {
  scope: required(oneOf(['inline', 'scoped']), 'Add "scope": "inline" or "scoped".'),
  required: optional(flag),
  always: optional(flag),
  provides: optional((value, spot) => {
    for (const [index, root] of (plainList(value, spot) ?? []).entries()) checkRoot(root, spot.at(index), {});
  }),
  inputs: optional(checkFieldList),
  description: optional(text),
};

const checkRoot = oneOf(['error', 'item', 'index']);

/** Checks one card of a pack. */
export function checkCardType(value: unknown, spot: DeclarationSpot): void {
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : undefined;
  if (value === undefined || Array.isArray(value)) {
    const hint = Array.isArray(value)
      ? 'Spread a list of cards: [...cards].'
      : 'Is its import spelt as its export? Modules that import each other give undefined, too.';
    spot.fault('declaration-shape', `${describeValue(value)} is not a card.`, hint);
    return;
  }
  checkMembers(value, typeof id === 'string' ? spot.ofCard(id) : spot, 'a card', CARD);
}

/** The namespace of a card id; null when it is malformed. */
export function namespaceOf(id: string): string | null {
  return CARD_ID.exec(id)?.[1] ?? null;
}

function checkId(value: unknown, spot: DeclarationSpot): void {
  if (typeof value === 'string' && namespaceOf(value) !== null) return;
  const given = typeof value === 'string' ? quoted(value) : describeValue(value);
  spot.fault(
    'declaration-name',
    `${given} is not a card id.`,
    'Write namespace, dot, name, such as "acme.sendMessage".',
  );
}

function checkPreparation(value: unknown, spot: DeclarationSpot, card: Unchecked): void {
  checkFunction(value, spot);
  if (card['named'] === true)
    spot.fault('declaration-conflict', 'A card with "named" is not prepared.', 'Leave out "named" or "prepare".');
}

function checkFunction(value: unknown, spot: DeclarationSpot): void {
  if (typeof value === 'function') return;
  spot.fault(
    'declaration-shape',
    `${describeValue(value)} is not a function.`,
    'Give the function itself, not its result.',
  );
}

function checkExtraInputs(value: unknown, spot: DeclarationSpot, card: Unchecked): void {
  const extra = checkMembers(value, spot, 'the type of extra inputs', EXTRA_INPUTS);
  if (extra === null) return;
  const { forward, perItem } = extra;
  if (typeof forward === 'string') {
    const flows = [...fieldsByName(card['inputs'])].filter(([, field]) => field['type'] === 'flow').map(([key]) => key);
    if (!flows.includes(forward)) {
      const message = `There is no input ${quoted(forward)} of type flow to forward to.`;
      spot.at('forward').fault('declaration-value', message, didYouMean(forward, flows, 'Name such an input.'));
    }
  } else if (perItem === true) {
    spot
      .at('perItem')
      .fault('declaration-conflict', 'Only what is forwarded can be given per item.', 'Add "forward", or remove it.');
  }
}

function checkConnection(value: unknown, spot: DeclarationSpot, card: Unchecked): void {
  checkMembers(value, spot, 'the connection of a card', CONNECTION);
  if (card['kind'] !== 'pure') return;
  spot.fault('declaration-conflict', 'A pure card has no context, and so no connection.', 'Its kind is "effect".');
}

function checkBlocks(value: unknown, spot: DeclarationSpot, card: Unchecked): void {
  const blocks = plainObject(value, spot, 'a table of blocks');
  if (blocks === null) return;
  for (const block of Object.keys(blocks)) {
    const here = spot.at(block);
    if (isUnsafeKey(block)) reportUnsafe(block, here);
    checkMembers(blocks[block], here, 'a block', BLOCK);
  }
  if (card['kind'] !== 'pure' && card['kind'] !== 'effect') return;
  spot.fault('declaration-conflict', `A card of kind "${card['kind']}" cannot run blocks.`, 'Its kind is "control".');
}

function checkErrors(value: unknown, spot: DeclarationSpot): void {
  const errors = plainObject(value, spot, 'a table of errors');
  if (errors === null) return;
  for (const code of Object.keys(errors)) {
    const here = spot.at(code);
    if (isUnsafeKey(code)) reportUnsafe(code, here);
    else if (!ERROR_CODE.test(code)) {
      const hint = 'Write small letters, digits and hyphens, such as "acme-not-found".';
      here.fault('declaration-name', `${quoted(code)} is not an error code.`, hint);
    }
    words(errors[code], here, errors);
  }
}
