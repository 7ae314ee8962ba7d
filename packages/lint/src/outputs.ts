/** Which outputs cards have, and which ones blocks and flows really give. */
import { fieldName } from '@flowdeck/engine/kit';
import { namesFlow, targetOf } from './calls.js';
import { leavingCards } from './leaving.js';
import type { BlockSite, CardSite, FlowSite } from './sites.js';

/** Names of outputs. Null: it cannot be told. */
export type Names = ReadonlySet<string> | null;

/** What the cards, blocks and flows of a file give, worked out once, when it is asked for. */
export class Produced {
  readonly #leaving = new Map<FlowSite, ReadonlySet<CardSite>>();
  readonly #blocks = new Map<BlockSite, Names>();
  readonly #cards = new Map<CardSite, Names>();

  /** The outputs that other cards may read, as the plan sees them. Null when the card's type is not known. */
  ofCard(card: CardSite): Names {
    let names = this.#cards.get(card);
    if (names === undefined) {
      names = declaredOutputs(card);
      this.#cards.set(card, names);
    }
    return names;
  }

  /** The outputs that a run of the flow may end with. A flow without cards stands for one that is elsewhere. */
  ofFlow(flow: FlowSite): Names {
    return flow.cards.length === 0 ? null : this.ofScope(flow.body, flow);
  }

  /** True when a Return, or a card like it, may end this scope. */
  hasReturn(block: BlockSite): boolean {
    return returnsOf(block).length > 0;
  }

  /** The outputs that a scoped block, or the body of a flow, may end with. */
  ofScope(block: BlockSite, flow: FlowSite): Names {
    const known = this.#blocks.get(block);
    if (known !== undefined) return known;
    const names = this.#find(block, flow);
    this.#blocks.set(block, names);
    return names;
  }

  #find(block: BlockSite, flow: FlowSite): Names {
    const names = new Set<string>();
    for (const card of returnsOf(block)) {
      const given = declaresResult(card) ? this.ofCard(card) : null;
      if (given === null) return null;
      for (const name of given) names.add(name);
    }
    if (block.cards.some((card) => this.#leavingOf(flow).has(card))) return names;
    // It may reach its end, and then gives what its last card gives.
    const last = lastCard(block);
    if (last === undefined || last.type?.traits?.noResult === true) return names;
    const given = this.ofCard(last);
    if (given === null) return null;
    for (const name of given) names.add(name);
    return names;
  }

  #leavingOf(flow: FlowSite): ReadonlySet<CardSite> {
    let leaving = this.#leaving.get(flow);
    if (leaving === undefined) {
      leaving = leavingCards(flow);
      this.#leaving.set(flow, leaving);
    }
    return leaving;
  }
}

/** The card that a block ends with, remarks aside. */
export function lastCard(block: BlockSite): CardSite | undefined {
  return block.cards.findLast((card) => card.type?.traits?.remarks === undefined);
}

/** The cards that may leave this scope with a result: its own, and those of the inline blocks in it. */
function returnsOf(scope: BlockSite): readonly CardSite[] {
  const found: CardSite[] = [];
  const open = [scope];
  for (let block = open.pop(); block; block = open.pop()) {
    for (const card of block.cards) {
      if (mayReturn(card)) found.push(card);
      // In a block of a card that is not known, a Return may mean either.
      for (const inner of card.blocks) if (inner.declaration?.scope !== 'scoped') open.push(inner);
    }
  }
  return found;
}

/** A card that leaves and is pure can only do so by an error. */
function mayReturn({ type, blocks }: CardSite): boolean {
  if (type === undefined) return blocks.length > 0;
  return type.traits?.leaves !== undefined && type.kind !== 'pure';
}

/** Of a card that leaves with something else than its outputs, only its pack knows what that is. */
function declaresResult({ type }: CardSite): boolean {
  return type?.mirror === true || (type !== undefined && type.outputs.length > 0);
}

function declaredOutputs(card: CardSite): Names {
  const { type, node } = card;
  if (type === undefined) return null;
  const names = new Set(type.outputs.map(fieldName));
  for (const field of node.outputs ?? []) names.add(fieldName(field));
  if (type.mirror) {
    for (const field of type.inputs) names.add(fieldName(field));
    for (const name of Object.keys(node.in ?? {})) names.add(name);
  }
  if (type.extraOutputs && node.outputs === undefined) {
    const target = targetOf(card);
    // The flow may stand in another file, which this one is read together with.
    if (target === null ? namesFlow(card) : target.cards.length === 0) return null;
    for (const field of target?.flow.outputs ?? []) names.add(fieldName(field));
  }
  // A group by itself is all of its fields.
  for (const name of [...names]) if (name.includes('/')) names.add(name.slice(0, name.indexOf('/')));
  return names;
}
