/** Tells what the foreign format has no place for, so that nothing of a document is lost in silence. */
import type { Field } from '@flowdeck/engine';
import { type CardNode, type DeckFlow, fieldName } from '@flowdeck/engine/kit';
import type { Diagnostics } from '../diagnostics.js';
import { type Spot, sameJson } from '../json.js';

const SCHEDULE = ['missed', 'overlap'] as const;
const FIELD = ['description', 'required', 'choices', 'secret'] as const;
const RETRY = ['backoff', 'maxDelay'] as const;

/** @param before The flow as it was imported. Its fields stand on the start card that is kept. */
export function reportLosses(flow: DeckFlow, before: DeckFlow | null, spot: Spot, found: Diagnostics): void {
  for (const member of SCHEDULE) if (flow.schedule?.[member] !== undefined) leftOut(member, spot.at('schedule'), found);
  if (flow.event !== undefined) leftOut('event', spot, found);
  if (flow.access?.by === 'oauth') {
    const message = 'The format has no place for who gives access tokens: the flow asks for its own token instead.';
    found.add('warning', 'not-exported', spot.at('access'), message, 'Choose the way in where the flow is imported.');
  }
  for (const root of ['options', 'inputs'] as const) {
    for (const [index, field] of (flow[root] ?? []).entries()) {
      const kept = before?.[root]?.find((each) => fieldName(each) === fieldName(field));
      if (kept === undefined || !sameJson(kept, field)) reportField(field, spot.at(root, index), found);
    }
  }
  reportCards(flow.cards, spot, found);
}

function reportField(field: Field, spot: Spot, found: Diagnostics): void {
  for (const member of FIELD) if (field[member] !== undefined) leftOut(member, spot, found);
}

function reportCards(cards: readonly CardNode[], owner: Spot, found: Diagnostics): void {
  for (const [index, { atMostOnce, onError, blocks = {} }] of cards.entries()) {
    const spot = owner.at('cards', index);
    if (atMostOnce !== undefined) leftOut('atMostOnce', spot, found);
    const retry = spot.at('onError', 'retry');
    for (const member of RETRY) if (onError?.retry?.[member] !== undefined) leftOut(member, retry, found);
    // What the format says of a new card by itself.
    const { when = 'rate-limits' } = onError?.retry ?? {};
    if (when !== 'rate-limits') leftOut('when', retry, found);
    for (const [name, block] of Object.entries(blocks)) reportCards(block.cards, spot.at('blocks', name), found);
  }
}

function leftOut(member: string, owner: Spot, found: Diagnostics): void {
  const message = `The format has no place for "${member}": it is left out.`;
  found.add(
    'warning',
    'not-exported',
    owner.at(member),
    message,
    'Set it again where the flow is imported, if it can be.',
  );
}
