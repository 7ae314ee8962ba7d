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
  return {
    address: required(checkAddress, FORM),
    in: optional(fieldNamesOf(card['inputs'], 'input')),
    out: optional(fieldNamesOf(card['outputs'], 'output')),
    extraGroup: optional((value, spot, owner) => {
      name(value, spot, owner);
      if (card['extraInputs'] !== undefined) return;
      spot.fault(
        'declaration-conflict',
        'Authors name no inputs of this card.',
        'Remove it, or declare "extraInputs".',
      );
    }),
  };
}

function checkAddress(value: unknown, spot: DeclarationSpot): void {
  if (typeof value === 'string' && addressParts(value) !== null) return;
  const given = typeof value === 'string' ? quoted(value) : describeValue(value);
  spot.fault('declaration-value', `${given} is not the address of a card.`, FORM);
}

/** Names there, and those of declared fields here. */
function fieldNamesOf(fields: unknown, what: string): MemberCheck {
  return (value, spot, owner) => {
    const names = plainObject(value, spot, `a table of ${what}s`);
    if (names === null) return;
    const declared = [...fieldsByName(fields).keys()];
    for (const there of Object.keys(names)) {
      name(there, spot.at(there), owner);
      const here = names[there];
      if (typeof here === 'string' && declared.includes(here)) continue;
      const given = typeof here === 'string' ? quoted(here) : describeValue(here);
      const rest = declared.length === 0 ? `It has no ${what}s.` : `Its ${what}s: ${declared.join(', ')}.`;
      const hint = typeof here === 'string' ? didYouMean(here, declared, rest) : rest;
      spot.at(there).fault('declaration-value', `${given} is not the name of an ${what} of the card.`, hint);
    }
  };
}
