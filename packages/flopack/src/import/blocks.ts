/** If/ElseIf and If Error: inline blocks become scoped blocks. */
import type { Binding, Block, CardNode } from '@flowdeck/engine/kit';
import { isKind, type RawCard, type RawField, type RawGraph } from '../read/index.js';
import { bindingOf } from './binding.js';
import { frame } from './card.js';
import type { GraphScope, Role } from './draft.js';
import { structureOf } from './platform.js';
import { policyOf } from './policy.js';
import { isUnset, plainFieldOf } from './types.js';

type ConvertBlock = (block: RawGraph, role: Role) => CardNode[];

export function blockCard(scope: GraphScope, card: RawCard, id: string, convert: ConvertBlock): CardNode {
  const isTry = isKind(card, 'control:tryCatch');
  const blocks = isTry ? tryBlocks(scope, card, convert) : branchBlocks(scope, card, convert);
  const outputs = card.outputs.map((output) => plainFieldOf(output));
  const node: CardNode = {
    ...frame(scope, card, id, structureOf(card.kind)),
    ...(outputs.length === 0 ? {} : { outputs }),
    blocks,
    ...(isTry ? {} : policyOf(scope, card)),
  };
  scope.flow.links.set(id, { card, node, inputs: new Map() });
  return node;
}

function tryBlocks(scope: GraphScope, card: RawCard, convert: ConvertBlock): Record<string, Block> {
  const tried = card.inputs.find((field) => field.key === 'flo' && field.block)?.block ?? null;
  if (!tried) missing(scope, card, 'a block to try');
  if (!card.policy.block) missing(scope, card, 'a block for errors');
  return {
    try: { cards: tried ? convert(tried, 'try') : [] },
    catch: { cards: card.policy.block ? convert(card.policy.block, 'catch') : [] },
  };
}

function branchBlocks(scope: GraphScope, card: RawCard, convert: ConvertBlock): Record<string, Block> {
  const blocks: Record<string, Block> = {};
  for (const { name, group, fields, flo } of branchesOf(card)) {
    if (!flo.block) missing(scope, card, `a block for "${group}"`);
    const cards = flo.block ? convert(flo.block, 'branch') : [];
    blocks[name] = name === 'else' ? { cards } : { in: condition(scope, card, fields), cards };
  }
  return blocks;
}

export interface Branch {
  /** Our name of the block. */
  readonly name: string;
  readonly group: string;
  readonly fields: readonly RawField[];
  readonly flo: RawField;
}

/** Groups of fields in the order in which their conditions are tried: that of the editor, not of the file. */
export function branchesOf(card: RawCard): readonly Branch[] {
  const groups = new Map<string, RawField[]>();
  for (const field of card.inputs) {
    if (field.group === null || field.group === 'context') continue;
    groups.set(field.group, [...(groups.get(field.group) ?? []), field]);
  }
  let count = 0;
  return [...groups].sort(byPosition).flatMap(([group, fields]): Branch[] => {
    const flo = fields.find((field) => field.key === 'flo');
    if (!flo) return [];
    const isNamed = group === 'if' || group === 'else';
    const name = isNamed ? group : `elseIf${++count === 1 ? '' : count}`;
    return [{ name, group, fields, flo }];
  });
}

function byPosition([a, left]: [string, RawField[]], [b, right]: [string, RawField[]]): number {
  if (a === 'else' || b === 'else') return Number(a === 'else') - Number(b === 'else');
  const first = (fields: RawField[]) => Math.min(...fields.map((field) => field.index ?? Number.POSITIVE_INFINITY));
  const order = first(left) - first(right);
  return Number.isNaN(order) ? 0 : order;
}

/** The inputs of a condition: their names, and ours. */
export const OPERANDS = [
  ['left-operand', 'left'],
  ['operator', 'operator'],
  ['right-operand', 'right'],
] as const;

function condition(scope: GraphScope, card: RawCard, fields: readonly RawField[]): Record<string, Binding> {
  const operator = fields.find((field) => field.key === 'operator')?.data;
  const bindings: Record<string, Binding> = {};
  for (const [theirs, ours] of OPERANDS) {
    if (theirs === 'right-operand' && (operator === 'is empty' || operator === 'is not empty')) continue;
    const field = fields.find((candidate) => candidate.key === theirs);
    const bound = field && bindingOf(scope, card, field);
    if (!bound || (bound.isLiteral && isUnset(field.data) && field.data !== '')) continue;
    bindings[ours] = bound.binding;
  }
  return bindings;
}

function missing(scope: GraphScope, card: RawCard, what: string): void {
  scope.flow.deck.found.add('error', 'missing-block', card.spot, `"${card.title}" lacks ${what}.`, 'Export it again.');
}
