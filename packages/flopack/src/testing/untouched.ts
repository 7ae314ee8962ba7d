/** Edits of one card of a flow, and what of the file must be as it was after each of them. */
import type { DeckDocument } from '@flowdeck/engine';
import type { CardNode, DeckFlow } from '@flowdeck/engine/kit';
import { isObject, itemsOf, type JsonObject, member } from '../json.js';

/** An edit: the flow as it is then, and the ids of the cards that it is about. Null where there is nothing to edit so. */
export type Edit = (flow: DeckFlow) => { readonly flow: DeckFlow; readonly touched: readonly string[] } | null;

const NOTE: CardNode = { id: 'addedNote', card: 'control.comment', in: { text: 'new' } };
const ASSIGN: CardNode = { id: 'addedValue', card: 'control.assign', in: { value: 'new' } };

const withCards = (flow: DeckFlow, cards: readonly CardNode[], touched: readonly string[] = []) => ({
  flow: { ...flow, cards: [...cards] },
  touched,
});

export const EDITS: Readonly<Record<string, Edit>> = {
  'a note at the end': (flow) => withCards(flow, [...flow.cards, NOTE]),
  'a card at the beginning': (flow) => withCards(flow, [ASSIGN, ...flow.cards]),
  'a card before the last': (flow) => withCards(flow, [...flow.cards.slice(0, -1), ASSIGN, ...flow.cards.slice(-1)]),
  'a title and a new card': (flow) => {
    const [first, ...rest] = flow.cards;
    return first?.id === undefined
      ? null
      : withCards(flow, [{ ...first, title: 'Another title' }, ...rest, NOTE], [first.id]);
  },
  'the last card gone': (flow) => {
    const last = flow.cards.at(-1);
    // With an If/Else, its lanes would be gone too.
    return last?.id === undefined || last.blocks ? null : withCards(flow, flow.cards.slice(0, -1), [last.id]);
  },
  'a card in the first block': (flow) => {
    const owner = flow.cards.find((card) => Object.keys(card.blocks ?? {}).length > 0);
    if (!owner) return null;
    const [[name, block] = ['', { cards: [] }]] = Object.entries(owner.blocks ?? {});
    const blocks = { ...owner.blocks, [name]: { ...block, cards: [NOTE, ...block.cards] } };
    return withCards(
      flow,
      flow.cards.map((card) => (card === owner ? { ...owner, blocks } : card)),
    );
  },
};

/** The deck with one flow edited. */
export function edited(document: DeckDocument, index: number, flow: DeckFlow): DeckDocument {
  return { ...document, flows: document.flows.map((old, at) => (at === index ? flow : old)) };
}

/** All graphs of a flow of a file, by their place: the flow itself, and the blocks of its cards. */
export function graphsByPlace(graph: JsonObject, place = '', found = new Map<string, JsonObject>()) {
  found.set(place, graph);
  for (const card of itemsOf(graph['methods'])) {
    const at = `${place}/${String(member(card, 'uuid'))}`;
    const model = member(member(card, 'node'), 'model');
    const inputs = member(member(model, 'inputs'), 'data');
    for (const field of isObject(inputs) ? Object.values(inputs) : []) {
      const block = member(member(field, 'value'), 'data');
      if (isObject(block) && block['methods']) graphsByPlace(block, `${at}.${String(member(field, 'group'))}`, found);
    }
    const handler = member(member(member(model, 'policy'), 'error'), 'flo');
    if (isObject(handler)) graphsByPlace(handler, `${at}.catch`, found);
  }
  return found;
}

/** A card as text, without the blocks in it: each of them is a graph of its own. */
function cardText(card: unknown): string {
  return JSON.stringify(card, (_, value: unknown) => (isObject(value) && value['methods'] ? 'block' : value));
}

/** Cards that are not as they were. Left out are those that were touched, and those that lead wires to them. */
export function differences(before: JsonObject, after: JsonObject, touched: ReadonlySet<string>): readonly string[] {
  const now = graphsByPlace(after);
  const found: string[] = [];
  for (const [place, graph] of graphsByPlace(before)) {
    if ([...touched].some((id) => place.includes(`/${id}.`))) continue;
    const cards = itemsOf(now.get(place)?.['methods']);
    for (const card of itemsOf(graph['methods'])) {
      const id = String(member(card, 'uuid'));
      if (touched.has(id) || leadsTo(card, touched)) continue;
      const same = cards.find((candidate) => member(candidate, 'uuid') === id);
      if (!same || cardText(same) !== cardText(card)) found.push(`${place}/${id} (${String(member(card, 'address'))})`);
    }
  }
  return found;
}

function leadsTo(card: unknown, touched: ReadonlySet<string>): boolean {
  const pins = member(card, 'pins');
  return (
    isObject(pins) && Object.values(pins).some((to) => isObject(to) && Object.keys(to).some((id) => touched.has(id)))
  );
}
