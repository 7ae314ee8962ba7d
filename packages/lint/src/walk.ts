/** Reads a flow file into flat lists of sites: flows, blocks, cards and bindings, each with its place. */
import {
  type Binding,
  type Bindings,
  type Block,
  type BlockDeclaration,
  type CardNode,
  type CardType,
  type DeckFlow,
  type FlowFile,
  flowsOf,
  isDeck,
} from '@flowdeck/engine';
import { below } from './pointer.js';
import { type Reference, referencesOf } from './references.js';
import { type Disabled, disabledIn, NOTHING_OFF } from './switches.js';

/** Finds a card type by id, as an engine's registry does. */
export type FindCard = (id: string) => CardType | undefined;

/** A place that a finding can name. */
export type Site = LintedFile | FlowSite | CardSite;

interface Place {
  readonly pointer: string;
  /** Place in the order of the document. */
  readonly order: number;
  /** Rules that are switched off here. */
  readonly off: Disabled;
}

export interface LintedFile extends Place {
  readonly kind: 'file';
  readonly document: FlowFile;
  readonly flows: readonly FlowSite[];
  readonly flowById: ReadonlyMap<string, FlowSite>;
}

export interface FlowSite extends Place {
  readonly kind: 'flow';
  readonly flow: DeckFlow;
  readonly file: LintedFile;
  readonly body: BlockSite;
  /** All cards, those of blocks included: a card stands before what is in its blocks. */
  readonly cards: readonly CardSite[];
  readonly cardById: ReadonlyMap<string, CardSite>;
}

/** The body of a flow, or a block of a card. */
export interface BlockSite {
  readonly name: string;
  readonly owner: CardSite | null;
  /** Null for the body. */
  readonly block: Block | null;
  /** Null when the owner's type is not known, or has no such block. The body is a scoped block. */
  readonly declaration: BlockDeclaration | null;
  readonly cards: readonly CardSite[];
}

export interface CardSite extends Place {
  readonly kind: 'card';
  readonly node: CardNode;
  /** Undefined when nobody brings the card. */
  readonly type: CardType | undefined;
  readonly flow: FlowSite;
  /** The block that it stands in. */
  readonly parent: BlockSite;
  readonly position: number;
  readonly blocks: readonly BlockSite[];
  readonly bindings: readonly BindingSite[];
  /** The bindings of its inputs, by name. */
  readonly inputs: ReadonlyMap<string, BindingSite>;
}

/** A binding of a card, of one of its blocks, or of its error policy. */
export interface BindingSite {
  readonly part: 'in' | 'block-in' | 'out' | 'error-values';
  readonly name: string;
  readonly binding: Binding;
  readonly pointer: string;
  readonly card: CardSite;
  readonly references: readonly Reference[];
}

const BODY: BlockDeclaration = { scope: 'scoped' };

type Open<T> = { -readonly [K in keyof T]: T[K] };

/** Reads a document. Blocks are followed without recursion, however deep they are. */
export function readFile(document: FlowFile, findCard: FindCard): LintedFile {
  const flows: FlowSite[] = [];
  const flowById = new Map<string, FlowSite>();
  const off = disabledIn(document.meta, isDeck(document) ? '' : null, NOTHING_OFF);
  const file: LintedFile = { kind: 'file', pointer: '', order: 0, off, document, flows, flowById };
  let order = 1;
  for (const [index, flow] of flowsOf(document).entries()) {
    const site = readFlow(flow, isDeck(document) ? below('', 'flows', index) : '', file, order, findCard);
    order += site.cards.length + 1;
    flows.push(site);
    if (!flowById.has(flow.id)) flowById.set(flow.id, site);
  }
  return file;
}

function readFlow(flow: DeckFlow, pointer: string, file: LintedFile, order: number, findCard: FindCard): FlowSite {
  const cards: CardSite[] = [];
  const cardById = new Map<string, CardSite>();
  const off = disabledIn(flow.meta, pointer, file.off);
  const body: Open<BlockSite> & { cards: CardSite[] } = {
    name: 'body',
    owner: null,
    block: null,
    declaration: BODY,
    cards: [],
  };
  const site: FlowSite = { kind: 'flow', pointer, order, off, flow, file, body, cards, cardById };
  const open = [
    {
      nodes: flow.cards,
      into: body as BlockSite & { cards: CardSite[] },
      pointer: below(pointer, 'cards'),
      off,
      next: 0,
    },
  ];
  for (let top = open.at(-1); top; top = open.at(-1)) {
    const position = top.next++;
    const node = top.nodes[position];
    if (node === undefined) {
      open.pop();
      continue;
    }
    const place = below(top.pointer, position);
    const card = readCard(
      node,
      findCard(node.card),
      place,
      site,
      top.into,
      position,
      order + cards.length + 1,
      top.off,
    );
    top.into.cards.push(card);
    cards.push(card);
    if (node.id !== undefined && !cardById.has(node.id)) cardById.set(node.id, card);
    // The first block comes last, so that it is taken next.
    for (const block of card.blocks.toReversed()) {
      open.push({
        nodes: block.block?.cards ?? [],
        into: block as BlockSite & { cards: CardSite[] },
        pointer: below(place, 'blocks', block.name, 'cards'),
        off: card.off,
        next: 0,
      });
    }
  }
  return site;
}

function readCard(
  node: CardNode,
  type: CardType | undefined,
  pointer: string,
  flow: FlowSite,
  parent: BlockSite,
  position: number,
  order: number,
  outer: Disabled,
): CardSite {
  const blocks: BlockSite[] = [];
  const bindings: BindingSite[] = [];
  const off = disabledIn(node.meta, pointer, outer);
  const inputs = new Map<string, BindingSite>();
  const card: CardSite = {
    kind: 'card',
    node,
    type,
    pointer,
    flow,
    parent,
    position,
    order,
    off,
    blocks,
    bindings,
    inputs,
  };
  const add = (part: BindingSite['part'], given: Bindings | undefined, place: string) => {
    for (const [name, binding] of Object.entries(given ?? {})) {
      bindings.push({ part, name, binding, pointer: below(place, name), card, references: referencesOf(binding) });
    }
  };
  add('in', node.in, below(pointer, 'in'));
  for (const site of bindings) inputs.set(site.name, site);
  add('error-values', node.onError?.values, below(pointer, 'onError', 'values'));
  for (const [name, block] of Object.entries(node.blocks ?? {})) {
    const place = below(pointer, 'blocks', name);
    const declared = type?.blocks;
    const declaration = (declared && Object.hasOwn(declared, name) ? declared[name] : declared?.['*']) ?? null;
    add('block-in', block.in, below(place, 'in'));
    add('out', block.out, below(place, 'out'));
    blocks.push({ name, owner: card, block, declaration, cards: [] });
  }
  return card;
}

/** The place inside a binding that names what is read: where the plan's own diagnostics point, too. */
export function sourcePointer({ binding, pointer }: BindingSite): string {
  if (typeof binding !== 'object' || binding === null) return pointer;
  const [kind] = Object.keys(binding);
  return kind === undefined ? pointer : below(pointer, kind);
}
