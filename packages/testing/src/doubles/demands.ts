/**
 * What the flows of a deck ask of values that come from outside: of inputs, and of what stand-ins give. Read off the
 * document from the end to the beginning: what a card's outputs are asked for is known before its inputs are looked at.
 */
import type { CardType, DeckDocument, Field } from '@flowdeck/engine';
import {
  type Binding,
  type CardNode,
  cardSignature,
  type DeckFlow,
  fieldName,
  parsePath,
  parsePointer,
} from '@flowdeck/engine/kit';
import { comparedIn } from './compared.js';
import { Demand } from './demand.js';
import { literalOf, member, type SlotNames, slot, sourceOf } from './demand-source.js';

type CardFacts = Pick<CardType, 'inputs' | 'outputs' | 'traits' | 'extraInputs'>;
type Slots = ReadonlyMap<string, Demand>;

export class Demands {
  readonly #document: DeckDocument;
  readonly #types: ReadonlyMap<string, CardFacts>;
  /** Null: it is being read, and a flow that calls itself asks nothing more. */
  readonly #flows = new Map<string, Slots | null>();

  /** @param types The cards that are there; of others the document tells. */
  constructor(document: DeckDocument, types: ReadonlyMap<string, CardFacts>) {
    this.#document = document;
    this.#types = types;
  }

  /** @param root `inputs`, `options`, or the id of a card. */
  of(flow: string, root: string, name: string): Demand | null {
    return this.#slotsOf(flow)?.get(slot(root, name)) ?? null;
  }

  #slotsOf(id: string): Slots | null {
    const known = this.#flows.get(id);
    if (known !== undefined) return known;
    const flow = this.#document.flows.find((each) => each.id === id);
    if (flow === undefined) return null;
    this.#flows.set(id, null);
    const slots = new Map<string, Demand>();
    this.#readCards(flow.cards, slots, this.#namesIn(flow));
    this.#flows.set(id, slots);
    return slots;
  }

  /** SlotNames of values by root: the inputs and options of the flow, and the outputs of its cards. */
  #namesIn(flow: DeckFlow): SlotNames {
    const names = new Map([
      ['inputs', (flow.inputs ?? []).map(fieldName)],
      ['options', (flow.options ?? []).map(fieldName)],
    ]);
    const visit = (cards: DeckFlow['cards']): void => {
      for (const { id, card, outputs = [], blocks = {} } of cards) {
        if (id !== undefined) names.set(id, [...this.#factsOf(card).outputs, ...outputs].map(fieldName));
        for (const block of Object.values(blocks)) visit(block.cards);
      }
    };
    visit(flow.cards);
    return names;
  }

  #readCards(cards: DeckFlow['cards'], slots: Map<string, Demand>, names: SlotNames): void {
    for (const node of [...cards].reverse()) {
      for (const { cards: inner, out = {} } of Object.values(node.blocks ?? {}).reverse()) {
        // What a block hands out is asked for what the card's output is.
        for (const [name, binding] of Object.entries(out)) {
          const field = node.outputs?.find((each) => fieldName(each) === name);
          const asked = node.id === undefined ? undefined : slots.get(slot(node.id, name));
          this.#ask(binding, slots, names, (demand) => {
            if (field) askByType(demand, field);
            if (asked) demand.add(asked);
          });
        }
        this.#readCards(inner, slots, names);
      }
      this.#readCard(node, slots, names);
    }
  }

  #readCard(node: CardNode, slots: Map<string, Demand>, names: SlotNames): void {
    const facts = this.#factsOf(node.card);
    const comparison = facts.traits?.compares;
    if (comparison !== undefined) {
      for (const inputs of [node.in, ...Object.values(node.blocks ?? {}).map((block) => block.in)]) {
        for (const { binding, values } of comparedIn(inputs ?? {}, comparison)) {
          this.#ask(binding, slots, names, (asked) => {
            for (const value of values) asked.compared.add(value);
          });
        }
      }
    }
    const fields = new Map(facts.inputs.map((field) => [fieldName(field), field]));
    for (const [name, binding] of Object.entries(node.in ?? {})) {
      this.#ask(binding, slots, names, (asked) => {
        const field = fields.get(name);
        const chosen = node.inputs?.find((each) => fieldName(each) === name);
        if (chosen) askByType(asked, chosen);
        if (field !== undefined) {
          askByType(asked, field);
          asked.readers.add(field.label ?? field.key);
        }
        this.#askByTraits(asked, node, name, facts, slots);
        if (field === undefined) this.#askByExtra(asked, node, name, facts);
        else if (field.list) this.#askByItems(asked, node);
      });
    }
  }

  /** Finds the value that a binding reads, if it is one, and lets it be asked. */
  #ask(binding: Binding, slots: Map<string, Demand>, names: SlotNames, ask: (asked: Demand) => void): void {
    const source = sourceOf(binding, names);
    if (source === null) return;
    const key = slot(source.root, source.slotName);
    const demand = slots.get(key) ?? new Demand();
    ask(demand.at(source.path));
    if (!demand.isEmpty) slots.set(key, demand);
  }

  #factsOf(id: string): CardFacts {
    const type = this.#types.get(id);
    if (type) return type;
    const { inputs, outputs } = cardSignature(this.#document, id) ?? { inputs: [], outputs: [] };
    return { inputs, outputs };
  }

  /** What the card does with the input: it parses it, takes a member, or only gives it another name. */
  #askByTraits(
    asked: Demand,
    node: CardNode,
    input: string,
    { inputs, outputs, traits = {} }: CardFacts,
    slots: Slots,
  ) {
    const given = (output: string) => (node.id === undefined ? undefined : slots.get(slot(node.id, output)));
    const [first] = outputs;
    const result = first === undefined ? undefined : given(fieldName(first));
    if (traits.parses === input) {
      asked.isJson = true;
      if (result) {
        asked.content ??= new Demand();
        asked.content.add(result);
      }
    }
    const isFirst = inputs[0] !== undefined && fieldName(inputs[0]) === input;
    if (traits.picks !== undefined && isFirst) this.#askByPath(asked, node, traits.picks, result ?? null, given);
    const same = traits.assigns ? given(input) : undefined;
    if (same) asked.add(same);
  }

  #askByPath(
    asked: Demand,
    node: CardNode,
    picks: true | string,
    result: Demand | null,
    given: (output: string) => Demand | undefined,
  ): void {
    asked.type ??= 'object';
    const declared = node.outputs ?? [];
    const paths: readonly (readonly [path: string, field: Field | undefined, demand: Demand | null | undefined])[] =
      picks === true
        ? declared.map((field) => [field.key, field, given(fieldName(field))])
        : [literalOf(node.in?.[picks])].filter((path) => path !== null).map((path) => [path, declared[0], result]);
    for (const [path, field, demand] of paths) {
      // A path that cannot be read is told of when the flow is checked.
      const member = asked.at(parsePath(path).map(String));
      if (field) member.add(typed(field));
      if (demand) member.add(demand);
    }
  }

  /** An input that the author added: it has the type of all of them, or is handed on to the flow that the card calls. */
  #askByExtra(asked: Demand, node: CardNode, name: string, { extraInputs }: CardFacts): void {
    if (extraInputs !== undefined && extraInputs.forward === undefined) {
      askByType(asked, { key: name, type: extraInputs.type });
      return;
    }
    const callee = this.#calleeOf(node);
    const demand = callee === null ? null : this.#input(callee, name);
    if (demand) asked.add(demand);
  }

  /** Items of the list that the card calls a flow for, by what the flow gets of them. */
  #askByItems(asked: Demand, node: CardNode): void {
    asked.isList = true;
    const callee = this.#calleeOf(node);
    if (callee === null) return;
    for (const [name, binding] of Object.entries(node.in ?? {})) {
      const item = member(binding, 'item');
      if (typeof item !== 'string') continue;
      const demand = this.#input(callee, name);
      if (demand) asked.item().at(parsePointer(item)).add(demand);
    }
  }

  /** What a flow asks of its input: by the declared type, and by its cards. */
  #input(flow: DeckFlow, name: string): Demand | null {
    const field = flow.inputs?.find((each) => fieldName(each) === name);
    if (field === undefined) return null;
    const demand = typed(field);
    const used = this.of(flow.id, 'inputs', name);
    if (used) demand.add(used);
    return demand;
  }

  #calleeOf(node: CardNode): DeckFlow | null {
    for (const binding of Object.values(node.in ?? {})) {
      const id = member(binding, 'flow');
      if (typeof id === 'string') return this.#document.flows.find((flow) => flow.id === id) ?? null;
    }
    return null;
  }
}

function askByType(demand: Demand, { type, list, properties = [] }: Field): void {
  if (list) demand.isList = true;
  else if (type !== 'any' && type !== 'text') demand.type ??= type;
  for (const property of properties) (list ? demand.item() : demand).at([property.key]).add(typed(property));
}

function typed(field: Field): Demand {
  const demand = new Demand();
  askByType(demand, field);
  return demand;
}
