/** A card that is neither plumbing nor holds blocks. */

import type { CardType, Field, TypeRef } from '@flowdeck/engine';
import { type CardNode, fieldName } from '@flowdeck/engine/kit';
import { textOf } from '../json.js';
import { nameOf, type RawCard, type RawField } from '../read/index.js';
import type { GraphScope } from './draft.js';
import { foreignInputs } from './foreign-inputs.js';
import { mappedInputs } from './inputs.js';
import type { CardMapping } from './mapping.js';
import { policyOf } from './policy.js';
import { outputTokens } from './resolve.js';
import { fieldOf, plainFieldOf, propertiesOf, typeOf } from './types.js';

export function convertCard(scope: GraphScope, card: RawCard, id: string): CardNode {
  const mapping = scope.flow.deck.mapping(card);
  const typeId = mapping?.card ?? scope.flow.deck.foreignId(card);
  const inputs = mapping ? mappedInputs(scope, card, mapping) : foreignInputs(scope, card, typeId);
  const outputs = mapping ? mappedOutputs(scope, card, mapping) : foreignOutputs(scope, card, typeId);
  const node: CardNode = {
    ...frame(scope, card, id, typeId),
    ...connectionOf(scope, card),
    ...(Object.keys(inputs.in).length === 0 ? {} : { in: inputs.in }),
    ...(inputs.types.length === 0 ? {} : { inputs: inputs.types }),
    ...(outputs.length === 0 ? {} : { outputs }),
    ...policyOf(scope, card),
  };
  scope.flow.links.set(id, { card, node, inputs: inputs.fields });
  return node;
}

/** What all cards have: id, type, and what the author wrote beside it. */
export function frame(
  scope: GraphScope,
  card: RawCard,
  id: string,
  typeId: string,
): Pick<CardNode, 'id' | 'card' | 'title' | 'note'> {
  const { catalog, signatures } = scope.flow.deck;
  const usual = catalog.get(typeId)?.title ?? signatures.get(typeId)?.title;
  const { comments } = card.model;
  const help = textOf(card.model['metadata'], 'description');
  const isOwn = card.kind.channel === null;
  const note = isOwn && typeof comments === 'string' && comments.trim() !== '' && comments !== help ? comments : null;
  return {
    id,
    card: typeId,
    ...(card.title === '' || card.title === usual ? {} : { title: card.title }),
    ...(note === null ? {} : { note }),
  };
}

function connectionOf(scope: GraphScope, card: RawCard): Pick<CardNode, 'connection'> {
  if (card.config === null) return {};
  const name = scope.flow.deck.connectionNames.get(card.config);
  if (name !== undefined) return { connection: name };
  scope.flow.deck.found.add(
    'warning',
    'connection-not-included',
    card.spot.at('node', 'model', 'config'),
    `The file does not hold the connection "${card.config}".`,
    'Choose a connection for the card.',
  );
  return {};
}

function mappedOutputs(scope: GraphScope, card: RawCard, mapping: CardMapping): Field[] {
  const type = scope.flow.deck.catalog.get(mapping.card);
  if (type?.mirror === true) return [];
  return card.outputs.flatMap((output): Field[] => {
    const [first = '', second] = outputTokens(scope.flow.deck, card, output);
    const name = second === undefined ? { key: first } : { key: second, group: first };
    const declared = type?.outputs.find((field) => fieldName(field) === fieldName(name));
    if (!declared) return isAuthorNamed(type, output) ? [{ ...name, ...givenTypeOf(type, output) }] : [];
    if (declared.type === 'any') return saysMore(type, output) ? [{ ...name, ...mapType(output) }] : [];
    // A card that sees its outputs gives the properties that the author ticked, and no others.
    const ticked = type?.seesOutputs === true && output.type.members !== null && declared.type === 'object';
    return ticked ? [{ ...name, ...typeOf(output.type), ...propertiesOf(output.type.members, 1) }] : [];
  });
}

/** What a called flow gives is taken as it comes, also where an object was declared. */
function givenTypeOf(type: CardType | undefined, { type: { name, list, members } }: RawField): TypeRef {
  const isOpen = type?.extraInputs?.forward !== undefined && name === 'object' && !list;
  return isOpen ? { type: 'any' } : typeOf({ name, list, members });
}

function isAuthorNamed(type: CardType | undefined, output: RawField): boolean {
  return type ? type.extraOutputs !== undefined : output.metadata['custom'] === true;
}

/** Objects are what an `any` output holds anyway; but Map makes whole results of a plain list of objects. */
function saysMore(type: CardType | undefined, output: RawField): boolean {
  const { name, list, members } = output.type;
  if (name === 'object') return list && members === null && type?.seesOutputs === true;
  return name !== 'unknown' && name !== 'flo';
}

function mapType(output: RawField): ReturnType<typeof typeOf> {
  return output.type.name === 'object' ? { type: 'object', list: true } : typeOf(output.type);
}

/** Outputs that not every card of this type in the file has. */
function foreignOutputs(scope: GraphScope, card: RawCard, typeId: string): Field[] {
  const shared = new Set((scope.flow.deck.signatures.get(typeId)?.outputs ?? []).map(fieldName));
  const own = card.outputs.filter((output) => !shared.has(nameOf(output)));
  return [...new Map(own.map((output) => [nameOf(output), output])).values()].map((output) =>
    output.metadata['custom'] === true ? plainFieldOf(output) : fieldOf(output),
  );
}
