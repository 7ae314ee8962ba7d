/** Reads a flow file into sites. */
import type { CardType, FlowFile } from '@flowdeck/engine';
import {
  type Bindings,
  type CardNode,
  type ConnectorDocument,
  type DeckFlow,
  flowsOf,
  isDeck,
  pointerTo,
} from '@flowdeck/engine/kit';
import { referencesOf } from './references.js';
import type { BindingSite, BlockSite, CardSite, FindCard, FlowSite, LintedFile } from './sites.js';
import { type Disabled, disabledIn, NOTHING_OFF } from './switches.js';

/** Reads a document. Blocks are followed without recursion, however deep they are. */
export function readFile(
  document: FlowFile,
  findCard: FindCard,
  connectors: readonly ConnectorDocument[] = [],
): LintedFile {
  const flows: FlowSite[] = [];
  const flowById = new Map<string, FlowSite>();
  // A file that is one flow has one switch, and that is the flow's.
  const off = disabledIn(document.meta, isDeck(document) ? '' : null, NOTHING_OFF);
  const file: LintedFile = { kind: 'file', pointer: '', order: 0, off, document, connectors, flows, flowById };
  let order = 1;
  for (const [index, flow] of flowsOf(document).entries()) {
    const site = readFlow(flow, isDeck(document) ? pointerTo('', 'flows', index) : '', file, order, findCard);
    order += site.cards.length + 1;
    flows.push(site);
    if (!flowById.has(flow.id)) flowById.set(flow.id, site);
  }
  return file;
}

/** A block whose cards are being read. */
interface OpenBlock extends BlockSite {
  readonly cards: CardSite[];
}

interface Pending {
  readonly nodes: readonly CardNode[];
  readonly into: OpenBlock;
  readonly pointer: string;
  readonly off: Disabled;
  next: number;
}

function readFlow(flow: DeckFlow, pointer: string, file: LintedFile, order: number, findCard: FindCard): FlowSite {
  const cards: CardSite[] = [];
  const cardById = new Map<string, CardSite>();
  const off = disabledIn(flow.meta, pointer, file.off);
  const body: OpenBlock = { name: 'body', owner: null, block: null, declaration: { scope: 'scoped' }, cards: [] };
  const site: FlowSite = { kind: 'flow', pointer, order, off, flow, file, body, cards, cardById };
  const open: Pending[] = [{ nodes: flow.cards, into: body, pointer: pointerTo(pointer, 'cards'), off, next: 0 }];
  for (let top = open.at(-1); top; top = open.at(-1)) {
    const position = top.next++;
    const node = top.nodes[position];
    if (node === undefined) {
      open.pop();
      continue;
    }
    const [card, blocks] = readCard(node, findCard(node.card), {
      pointer: pointerTo(top.pointer, position),
      order: order + cards.length + 1,
      off: top.off,
      flow: site,
      parent: top.into,
      position,
    });
    top.into.cards.push(card);
    cards.push(card);
    if (node.id !== undefined && !cardById.has(node.id)) cardById.set(node.id, card);
    // The first block comes last, so that it is taken next.
    open.push(...blocks.reverse());
  }
  return site;
}

/** A card, and its blocks, whose cards are still to be read. `place.off` is what is switched off around it. */
function readCard(
  node: CardNode,
  type: CardType | undefined,
  place: Pick<CardSite, 'pointer' | 'order' | 'off' | 'flow' | 'parent' | 'position'>,
): [CardSite, Pending[]] {
  const { pointer } = place;
  const blocks: BlockSite[] = [];
  const bindings: BindingSite[] = [];
  const inputs = new Map<string, BindingSite>();
  const off = disabledIn(node.meta, pointer, place.off);
  const card: CardSite = { ...place, kind: 'card', node, type, off, blocks, bindings, inputs };
  const add = (part: BindingSite['part'], given: Bindings | undefined, within: string) => {
    for (const [name, binding] of Object.entries(given ?? {})) {
      bindings.push({ part, name, binding, pointer: pointerTo(within, name), card, references: referencesOf(binding) });
    }
  };
  add('in', node.in, pointerTo(pointer, 'in'));
  for (const site of bindings) inputs.set(site.name, site);
  add('error-values', node.onError?.values, pointerTo(pointer, 'onError', 'values'));
  const pending: Pending[] = [];
  for (const [name, block] of Object.entries(node.blocks ?? {})) {
    const within = pointerTo(pointer, 'blocks', name);
    const declared = type?.blocks;
    const declaration = (declared && Object.hasOwn(declared, name) ? declared[name] : declared?.['*']) ?? null;
    add('block-in', block.in, pointerTo(within, 'in'));
    add('out', block.out, pointerTo(within, 'out'));
    const into: OpenBlock = { name, owner: card, block, declaration, cards: [] };
    blocks.push(into);
    pending.push({ nodes: block.cards, into, pointer: pointerTo(within, 'cards'), off, next: 0 });
  }
  return [card, pending];
}
