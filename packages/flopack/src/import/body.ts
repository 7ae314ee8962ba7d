/** The cards of a graph, in order, as cards of the document. */
import type { Binding, CardNode } from '@flowdeck/engine/kit';
import { member } from '../json.js';
import type { RawGraph } from '../read/index.js';
import { type Fork, isFork, isKind, type RawCard, type Sequence } from '../read/index.js';
import { blockCard } from './blocks.js';
import { convertCard } from './card.js';
import type { FlowDraft, GraphScope, Role } from './draft.js';
import { forkCard } from './fork.js';
import { structureOf } from './platform.js';
import { isStart } from './resolve.js';

export function openGraph(graph: RawGraph, role: Role, flow: FlowDraft, outer: GraphScope['outer']): GraphScope {
  const forkOfJoin = new Map<RawCard, Fork>();
  noteJoins(graph.sequence, forkOfJoin);
  return { graph, role, flow, outer, forkOfJoin };
}

function noteJoins(sequence: Sequence, joins: Map<RawCard, Fork>): void {
  for (const step of sequence) {
    if (!isFork(step)) continue;
    if (step.join) joins.set(step.join, step);
    for (const lane of step.lanes) noteJoins(lane.cards, joins);
  }
}

export function convertSequence(scope: GraphScope, sequence: Sequence): CardNode[] {
  return sequence.flatMap((step): CardNode[] => {
    const node = isFork(step)
      ? forkCard(scope, step, claimId(scope, step.fork), convertSequence)
      : convert(scope, step);
    return node ? [node] : [];
  });
}

function convert(scope: GraphScope, card: RawCard): CardNode | null {
  if (card === scope.graph.start && isStart(scope, card)) return null;
  if (isPlumbing(card)) return null;
  if (isKind(card, 'control:comment')) return commentCard(scope, card);
  if (isEmptyReturn(card) && endsBlock(scope, card)) return null;
  if (isKind(card, 'control:branch') || isKind(card, 'control:tryCatch')) {
    return blockCard(scope, card, claimId(scope, card), (block, role) => {
      const inner = openGraph(block, role, scope.flow, { scope, owner: card });
      return convertSequence(inner, block.sequence);
    });
  }
  return convertCard(scope, card, claimId(scope, card));
}

/** Cards that only lead values or order about. A Join stands with its If/Else; one that is left over ends nothing. */
function isPlumbing(card: RawCard): boolean {
  return ['object:expand', 'control:noop', 'control:join'].some((kind) => isKind(card, kind));
}

/** Every block ends with a Return, and in a block without outputs that says nothing. */
export function isEmptyReturn(card: RawCard): boolean {
  return isKind(card, 'control:return') && card.inputs.every((field) => field.forPolicy);
}

function endsBlock(scope: GraphScope, card: RawCard): boolean {
  return scope.role !== 'flow' && scope.role !== 'event' && scope.graph.sequence.at(-1) === card;
}

function claimId(scope: GraphScope, card: RawCard): string {
  const id = scope.flow.names.claim(card.title, card.kind.name);
  scope.flow.ids.set(card, id);
  return id;
}

function commentCard(scope: GraphScope, card: RawCard): CardNode {
  const { comments } = card.model;
  const markdown = typeof comments === 'string' ? comments : member(comments, 'markdown');
  const title = member(comments, 'title');
  const input: Record<string, Binding> = typeof markdown === 'string' && markdown !== '' ? { text: markdown } : {};
  const id = claimId(scope, card);
  const node: CardNode = {
    id,
    card: structureOf(card.kind),
    ...(typeof title === 'string' && title !== '' ? { title } : {}),
    ...(Object.keys(input).length === 0 ? {} : { in: input }),
  };
  scope.flow.links.set(id, { card, node, inputs: new Map() });
  return node;
}
