/** A flow as a graph: cards and blocks as they nest, and the edges between cards. */
import { type CardTraits, type CardType, FlowdeckError } from '@flowdeck/engine';
import {
  autoId,
  type Binding,
  type CardNode,
  compileExpression,
  type DeckFlow,
  parsePointer,
  pointerTo,
} from '@flowdeck/engine/kit';
import { conditionOf } from './condition.js';

/** A card of a flow. */
export interface GraphCard {
  /** Unique in the graph: the id of the flow, a dot, the place of the card. */
  readonly key: string;
  /** As the author gave it; null without one. */
  readonly id: string | null;
  /** What events of a run call it: its id, else its place in the flow. */
  readonly step: string;
  /** Card type, such as `text.compose`. */
  readonly card: string;
  /** Key of the connector that it belongs to, such as `twilio`. Null: it is of a library. */
  readonly connector: string | null;
  /** What people read: the title, else the id, else the card type. */
  readonly title: string;
  /** Name of the connection that it names. Null: none. */
  readonly connection: string | null;
  /** Flows of the deck that it calls. */
  readonly calls: readonly string[];
  /** What it compares, such as `inputs.age >= 18`; null when it compares nothing. */
  readonly condition: string | null;
  /** The text of a comment, on one line. */
  readonly remark: string | null;
  /** JSON Pointer into the flow. */
  readonly pointer: string;
  /** In document order. */
  readonly blocks: readonly GraphBlock[];
}

/** A block of a card, and what stands in it. */
export interface GraphBlock {
  /** Unique in the graph: the key of its card, a dot, its number. */
  readonly key: string;
  /** As the document names it, such as `then`. */
  readonly name: string;
  /** What must hold for it to run: of a branch of If/ElseIf. */
  readonly condition: string | null;
  /** In the order in which they run. */
  readonly cards: readonly GraphCard[];
}

/** An arrow from one card to another. */
export interface GraphEdge {
  /** Key of the card where the arrow begins. */
  readonly from: string;
  /** Key of the card that it leads to. */
  readonly to: string;
  /** `next`: runs after it. `data`: reads an output of it. */
  readonly kind: 'next' | 'data';
  /** Of a data edge: what is read. */
  readonly label: string | null;
}

/** A flow as a graph: plain data, for a picture of one's own. */
export interface GraphFlow {
  /** The id of the flow; keys of its cards begin with it. */
  readonly key: string;
  /** Id of the flow in its document. */
  readonly id: string;
  /** For people; the id where the document has no name. */
  readonly name: string;
  /** Such as `helper`. */
  readonly type: string;
  /** In the order in which they run. */
  readonly cards: readonly GraphCard[];
  /** Arrows between any two cards of the flow, those in blocks included. */
  readonly edges: readonly GraphEdge[];
}

/** The card types that a picture goes by; undefined for one that nobody knows. */
export type KnownCard = (id: string) => Pick<CardType, 'traits'> | undefined;

/**
 * What a picture of a flow shows, as data. It needs no engine. What a card compares, and what a remark says, is told by
 * the traits of its type: a card that nobody knows is drawn without them.
 *
 * @example
 * const graph = graphOf(flow, (id) => engine.cards.find(({ card }) => card.id === id)?.card);
 */
export function graphOf(flow: DeckFlow, card: KnownCard): GraphFlow {
  const edges: GraphEdge[] = [];
  const cards = readCards(flow.cards, { prefix: flow.id, pointer: '/cards', visible: new Map(), edges, card });
  return { key: flow.id, id: flow.id, name: flow.name ?? flow.id, type: flow.type, cards, edges };
}

interface Place {
  readonly prefix: string;
  readonly pointer: string;
  /** Keys of the cards that can be read here, by their ids. */
  readonly visible: ReadonlyMap<string, string>;
  readonly edges: GraphEdge[];
  readonly card: KnownCard;
}

function readCards(nodes: readonly CardNode[], place: Place): GraphCard[] {
  const visible = new Map(place.visible);
  let before: string | null = null;
  return nodes.map((node, index) => {
    const key = `${place.prefix}.${index}`;
    const pointer = `${place.pointer}/${index}`;
    if (before !== null) place.edges.push({ from: before, to: key, kind: 'next', label: null });
    before = key;
    const bindings = bindingsOf(node);
    const type = place.card(node.card);
    const { compares, remarks } = type?.traits ?? {};
    for (const edge of dataEdges(bindings, key, visible)) place.edges.push(edge);
    const blocks = Object.entries(node.blocks ?? {}).map(([name, block], number) => {
      const prefix = `${key}.${number}`;
      const cards = readCards(block.cards, {
        ...place,
        prefix,
        pointer: `${pointerTo(`${pointer}/blocks`, name)}/cards`,
        visible,
      });
      return { key: prefix, name, condition: conditionOf(block.in, compares), cards };
    });
    if (node.id !== undefined) visible.set(node.id, key);
    return {
      key,
      id: node.id ?? null,
      step: node.id ?? autoId(pointer),
      card: node.card,
      connector: type === undefined || node.connection !== undefined ? namespaceOf(node.card) : null,
      title: node.title ?? node.id ?? node.card,
      connection: node.connection ?? null,
      calls: callsOf(node, bindings),
      condition: conditionOf(node.in, compares),
      remark: remarkOf(node, remarks),
      pointer,
      blocks,
    };
  });
}

function namespaceOf(card: string): string {
  return card.split('.', 1)[0] ?? card;
}

/** What a card says that is there for what it says. */
function remarkOf(node: CardNode, input: CardTraits['remarks']): string | null {
  const text = typeof input === 'string' ? node.in?.[input] : null;
  return typeof text === 'string' && text.trim() !== '' ? text.trim().replace(/\s+/g, ' ') : null;
}

/** The bindings of a card itself: those of its blocks' own inputs too, since the card reads them. */
function bindingsOf(node: CardNode): readonly Binding[] {
  const blocks = Object.values(node.blocks ?? {}).flatMap((block) => Object.values(block.in ?? {}));
  return [...Object.values(node.in ?? {}), ...blocks, ...Object.values(node.onError?.values ?? {})];
}

function callsOf(node: CardNode, bindings: readonly Binding[]): string[] {
  const calls = bindings.flatMap((binding) => (isRecord(binding) && 'flow' in binding ? [binding.flow] : []));
  if (node.onError?.flow !== undefined) calls.push(node.onError.flow);
  return [...new Set(calls)];
}

function dataEdges(bindings: readonly Binding[], to: string, visible: ReadonlyMap<string, string>): GraphEdge[] {
  const edges = new Map<string, GraphEdge>();
  for (const binding of bindings) {
    if (!isRecord(binding)) continue;
    for (const { id, label } of readsOf(binding)) {
      const from = visible.get(id);
      if (from !== undefined) edges.set(`${from} ${label ?? ''}`, { from, to, kind: 'data', label });
    }
  }
  return [...edges.values()];
}

interface Read {
  readonly id: string;
  /** The output, where a pointer names one. */
  readonly label: string | null;
}

/** What a binding reads; of one that cannot be understood, nothing is drawn. */
function readsOf(binding: Exclude<Binding, null | string | number | boolean>): readonly Read[] {
  try {
    if ('expr' in binding) return compileExpression(binding.expr).roots.map((id) => ({ id, label: null }));
    if (!('from' in binding)) return [];
    const [id = '', label = null] = parsePointer(binding.from);
    return [{ id, label }];
  } catch (error) {
    if (error instanceof FlowdeckError) return [];
    throw error;
  }
}

function isRecord(binding: Binding): binding is Exclude<Binding, null | string | number | boolean> {
  return typeof binding === 'object' && binding !== null;
}
