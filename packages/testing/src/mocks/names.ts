/** Holds mocks to the names of a deck: connectors, cards, flows, places, inputs and outputs; labels stand for names. */
import type { DeckDocument, Field } from '@flowdeck/engine';
import { cardSignature, type DeckFlow, fieldName, isSameName, pointerTo } from '@flowdeck/engine/kit';
import { quoted, type ShapeFault, unknownName } from '../shape/fault.js';
import type { Mock, MockAnswer } from './types.js';

/** Mocks with names in place of labels, and what is wrong with their names; pointers as in a file of mocks. */
export interface NamedMocks {
  readonly mocks: readonly Mock[];
  readonly faults: readonly ShapeFault[];
}

/** Names of one side of a card or flow, and the labels that mean them. Null: they are not known. */
type Names = { readonly names: ReadonlySet<string>; readonly byLabel: ReadonlyMap<string, string> } | null;

interface Sides {
  readonly inputs: Names;
  readonly outputs: Names;
}

/** @param simulated Ids of the cards that mocks can answer for. */
export function nameMocks(mocks: readonly Mock[], document: DeckDocument, simulated: readonly string[]): NamedMocks {
  const book = new NameBook(document, simulated);
  const faults: ShapeFault[] = [];
  const named = mocks.map((mock, index) => {
    const pointer = `/mocks/${index}`;
    faults.push(...book.faultsOf(mock, pointer));
    const sides = book.sidesOf(mock);
    return sides === null ? mock : withNames(mock, sides, pointer, faults);
  });
  return { mocks: named, faults };
}

class NameBook {
  readonly #document: DeckDocument;
  readonly #cards: ReadonlyMap<string, string>;
  readonly #places: ReadonlySet<string>;
  readonly #sides = new Map<string, Sides>();

  constructor(document: DeckDocument, simulated: readonly string[]) {
    this.#document = document;
    this.#cards = new Map(simulated.map((id) => [id.toLowerCase(), id]));
    this.#places = new Set(cardsOf(document).map(({ flow, node }) => `${flow}/${node.id}`));
  }

  faultsOf({ card, flow, at }: Mock, pointer: string): readonly ShapeFault[] {
    return [
      ...(card === undefined ? [] : this.#cardFaults(card, `${pointer}/card`)),
      ...(flow === undefined || this.#flow(flow) !== null ? [] : [this.#unknownFlow(flow, `${pointer}/flow`)]),
      ...(at === undefined || this.#places.has(at)
        ? []
        : [unknownName(`${pointer}/at`, `There is no card at ${quoted(at)}.`, at, this.#places)]),
    ];
  }

  /** Null: nothing is known of what it names. */
  sidesOf({ card, flow }: Mock): Sides | null {
    if (flow !== undefined) {
      const found = this.#flow(flow);
      return found === null
        ? null
        : { inputs: namesIn(found.inputs ?? []), outputs: found.outputs ? namesIn(found.outputs) : null };
    }
    const id = card === undefined ? undefined : this.#cards.get(card.toLowerCase());
    if (id === undefined) return null;
    const sides = this.#sides.get(id) ?? sidesOfCard(this.#document, id);
    this.#sides.set(id, sides);
    return sides;
  }

  #cardFaults(card: string, pointer: string): readonly ShapeFault[] {
    const [connector = '', name = ''] = split(card);
    const ids = [...this.#cards.values()];
    const connectors = new Set(ids.map((id) => split(id)[0] ?? ''));
    if (!connectors.has(connector)) {
      const message = `No card of the deck that is simulated is of a connector ${quoted(connector)}.`;
      return [unknownName(pointer, message, connector, connectors)];
    }
    if (name === '*' || this.#cards.has(card.toLowerCase())) return [];
    const known = ids.filter((id) => split(id)[0] === connector);
    return [unknownName(pointer, `The deck has no card ${quoted(card)} that is simulated.`, card, known)];
  }

  #flow(name: string): DeckFlow | null {
    const { flows } = this.#document;
    return flows.find(({ id }) => id === name) ?? flows.find((flow) => isSameName(flow.name, name)) ?? null;
  }

  #unknownFlow(flow: string, pointer: string): ShapeFault {
    const names = this.#document.flows.flatMap(({ id, name }) => (name === undefined ? [id] : [id, name]));
    return unknownName(pointer, `The deck has no flow ${quoted(flow)}.`, flow, names);
  }
}

function split(id: string): readonly [connector: string, card: string] {
  const dot = id.indexOf('.');
  return [id.slice(0, dot), id.slice(dot + 1)];
}

type CardNodes = DeckFlow['cards'];

export function cardsOf({
  flows,
}: DeckDocument): readonly { readonly flow: string; readonly node: CardNodes[number] }[] {
  const walk = (flow: string, cards: CardNodes): { flow: string; node: CardNodes[number] }[] =>
    cards.flatMap((node) => [
      { flow, node },
      ...Object.values(node.blocks ?? {}).flatMap((block) => walk(flow, block.cards)),
    ]);
  return flows.flatMap(({ id, cards }) => walk(id, cards));
}

/** What the card has by its signature, and what single places of the deck add. */
function sidesOfCard(document: DeckDocument, id: string): Sides {
  const signature = cardSignature(document, id) ?? { inputs: [], outputs: [] };
  const nodes = cardsOf(document).filter(({ node }) => node.card === id);
  const used = nodes.flatMap(({ node }) => Object.keys(node.in ?? {}));
  const declared = nodes.flatMap(({ node }) => node.outputs ?? []);
  return { inputs: namesIn(signature.inputs, used), outputs: namesIn([...signature.outputs, ...declared]) };
}

function namesIn(fields: readonly Field[], more: readonly string[] = []): NonNullable<Names> {
  const byLabel = new Map<string, string>();
  const ambiguous = new Set<string>();
  for (const field of fields) {
    const { label, key, group } = field;
    if (label === undefined || label === key) continue;
    const shown = group === undefined ? label : `${group}/${label}`;
    const name = fieldName(field);
    if (byLabel.has(shown) && byLabel.get(shown) !== name) ambiguous.add(shown);
    byLabel.set(shown, name);
  }
  for (const shown of ambiguous) byLabel.delete(shown);
  return { names: new Set([...fields.map(fieldName), ...more]), byLabel };
}

function withNames(mock: Mock, { inputs, outputs }: Sides, pointer: string, faults: ShapeFault[]): Mock {
  const what = mock.card ?? `The flow ${quoted(mock.flow ?? '')}`;
  const renamed = (values: Readonly<Record<string, unknown>>, names: Names, side: string, at: string) => {
    if (names === null) return values;
    return Object.fromEntries(
      Object.entries(values).map(([key, value]) => {
        if (names.names.has(key)) return [key, value];
        const meant = names.byLabel.get(key);
        if (meant !== undefined) return [meant, value];
        const known = [...names.names, ...names.byLabel.keys()];
        faults.push(unknownName(pointerTo(at, key), `${what} has no ${side} ${quoted(key)}.`, key, known));
        return [key, value];
      }),
    );
  };
  const answered = (answer: MockAnswer, at: string): MockAnswer => {
    if (answer.outputs === undefined) return answer;
    // Renaming keeps the values.
    const given = renamed(answer.outputs, outputs, 'output', `${at}/outputs`) as NonNullable<MockAnswer['outputs']>;
    return { ...answer, outputs: given };
  };
  return {
    ...mock,
    ...(mock.in === undefined ? {} : { in: renamed(mock.in, inputs, 'input', `${pointer}/in`) }),
    ...(mock.answer === undefined ? {} : { answer: answered(mock.answer, `${pointer}/answer`) }),
    ...(mock.answers === undefined
      ? {}
      : { answers: mock.answers.map((answer, index) => answered(answer, `${pointer}/answers/${index}`)) }),
  };
}
