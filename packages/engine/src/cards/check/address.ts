/** Addresses of a card: their form, each once, and names of fields that the card has. */
import { didYouMean } from '../../document/did-you-mean.js';
import { quoted } from '../../document/members.js';
import { addressKey, addressParts, type CardAddress } from '../addresses.js';
import type { DeclarationSpot } from './declaration-spot.js';
import { fieldsByName } from './field.js';
import {
  checkMembers,
  describeValue,
  type Member,
  type MemberCheck,
  optional,
  plainList,
  plainObject,
  required,
  type Unchecked,
} from './members.js';
import { name } from './scalars.js';

const FORM = 'Write "root:kernel:namespace:version:card" or "root:channels:http:channel:version:card".';

/** The addresses of a card, none of them twice. */
export const checkAddresses: MemberCheck = (value, spot, card) => {
  const known = new Set<string>();
  for (const [index, address] of (plainList(value, spot) ?? []).entries()) {
    const here = spot.at(index);
    const checked = checkMembers(address, here, 'an address', addressMembers(card));
    const text = checked?.['address'];
    const parts = typeof text === 'string' ? addressParts(text) : null;
    if (parts === null) continue;
    const key = addressKey(parts);
    if (known.has(key))
      here.at('address').fault('declaration-conflict', 'The card has this address already.', 'Remove one of the two.');
    known.add(key);
  }
};

function addressMembers(card: Unchecked): Readonly<Record<keyof CardAddress, Member>> {
  const { inputs, outputs } = card;
  return {
    address: required(checkAddress, FORM),
    in: optional(fieldNamesOf(inputs, 'input')),
    out: optional(fieldNamesOf(outputs, 'output', card['extraOutputs'] !== undefined)),
    also: optional(fieldNamesOf(inputs, 'input')),
    lacks: optional((value, spot, address) => {
      checkMembers(value, spot, 'what an address lacks', {
        in: optional(lackingFields(inputs, 'input', address['in'])),
        out: optional(lackingFields(outputs, 'output', address['out'])),
      });
    }),
    extraGroup: optional((value, spot, owner) => {
      if (value !== null) name(value, spot, owner);
      if (card['extraInputs'] !== undefined) return;
      spot.fault(
        'declaration-conflict',
        'Authors name no inputs of this card.',
        'Remove it, or declare "extraInputs".',
      );
    }),
    template: optional((value, spot) => checkFieldName(value, spot, 'input', inputs)),
    model: optional(checkModel),
    insteadOf: optional((value, spot, owner) => {
      name(value, spot, owner);
      if (value !== card['id']) return;
      spot.fault('declaration-conflict', 'This is the card itself.', 'Write the id of the card whose place it takes.');
    }),
  };
}

function checkAddress(value: unknown, spot: DeclarationSpot): void {
  if (typeof value === 'string' && addressParts(value) !== null) return;
  const given = typeof value === 'string' ? quoted(value) : describeValue(value);
  spot.fault('declaration-value', `${given} is not the address of a card.`, FORM);
}

/** Names there, and those of declared fields here; of a whole group as `group/*`, where authors name outputs. */
function fieldNamesOf(fields: unknown, what: string, hasGroups = false): MemberCheck {
  return (value, spot, owner) => {
    const names = plainObject(value, spot, `a table of ${what}s`);
    if (names === null) return;
    for (const there of Object.keys(names)) {
      name(there, spot.at(there), owner);
      const isGroup =
        hasGroups && [there, names[there]].every((side) => typeof side === 'string' && side.endsWith('/*'));
      if (!isGroup) checkFieldName(names[there], spot.at(there), what, fields);
    }
  };
}

/** Names of declared fields that are not there, and so have no name there. */
function lackingFields(fields: unknown, what: string, named: unknown): MemberCheck {
  return (value, spot) => {
    for (const [index, field] of (plainList(value, spot) ?? []).entries()) {
      checkFieldName(field, spot.at(index), what, fields);
      if (typeof named !== 'object' || named === null || !Object.values(named).includes(field)) continue;
      spot
        .at(index)
        .fault('declaration-conflict', `The ${what} has a name there, and is not there.`, 'Remove one of the two.');
    }
  };
}

function checkFieldName(value: unknown, spot: DeclarationSpot, what: string, fields: unknown): void {
  const declared = [...fieldsByName(fields).keys()];
  if (typeof value === 'string' && declared.includes(value)) return;
  const given = typeof value === 'string' ? quoted(value) : describeValue(value);
  const rest = declared.length === 0 ? `It has no ${what}s.` : `Its ${what}s: ${declared.join(', ')}.`;
  const hint = typeof value === 'string' ? didYouMean(value, declared, rest) : rest;
  spot.fault('declaration-value', `${given} is not the name of an ${what} of the card.`, hint);
}

const checkModel: MemberCheck = (value, spot, owner) => {
  const members = plainObject(value, spot, 'a table of members') ?? {};
  for (const member of Object.keys(members)) {
    name(member, spot.at(member), owner);
    if (['string', 'number', 'boolean'].includes(typeof members[member])) continue;
    const given = describeValue(members[member]);
    spot
      .at(member)
      .fault('declaration-value', `${given} is none of text, number, true and false.`, 'Write one of them.');
  }
};
