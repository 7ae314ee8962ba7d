/** If/Else: lanes become inline blocks, the Join becomes what they give. */
import type { Field } from '@flowdeck/engine';
import type { Binding, Block, CardNode } from '@flowdeck/engine/kit';
import { type Fork, isFork, type RawCard, type RawField, type RawPin, type Sequence } from '../read/index.js';
import { literalBinding } from './binding.js';
import { frame } from './card.js';
import type { GraphScope } from './draft.js';
import { mappedInputs } from './inputs.js';
import { structureOf } from './platform.js';
import { originOf, referenceTo } from './resolve.js';
import { isUnset, plainFieldOf } from './types.js';

export function forkCard(
  scope: GraphScope,
  fork: Fork,
  id: string,
  convert: (scope: GraphScope, cards: Sequence) => CardNode[],
): CardNode {
  const mapping = scope.flow.deck.mapping(fork.fork);
  const inputs = mapping ? mappedInputs(scope, fork.fork, mapping) : null;
  const blocks: Record<string, Block> = {};
  for (const lane of [...fork.lanes].sort((a, b) => Number(b.when) - Number(a.when))) {
    const name = lane.when ? 'then' : 'else';
    if (Object.hasOwn(blocks, name)) continue;
    const cards = convert(scope, lane.cards);
    const out = fork.join ? laneOutputs(scope, fork, fork.join, cardsIn(lane.cards)) : {};
    if (cards.length === 0 && name === 'else' && Object.keys(out).length === 0) continue;
    blocks[name] = { cards, ...(Object.keys(out).length === 0 ? {} : { out }) };
  }
  const outputs = fork.join ? shownOutputs(fork.join) : [];
  const node: CardNode = {
    ...frame(scope, fork.fork, id, structureOf(fork.fork.kind)),
    in: inputs?.in ?? {},
    ...(outputs.length === 0 ? {} : { outputs }),
    blocks,
  };
  scope.flow.links.set(id, { card: fork.fork, node, inputs: inputs?.fields ?? new Map(), fork });
  return node;
}

function shownOutputs(join: RawCard): Field[] {
  const shown = new Set(join.joins.values());
  return join.outputs.filter((output) => shown.has(output.id)).map((output) => plainFieldOf(output));
}

/** What the lane wires to the Join; else the literal of the Join's input. */
function laneOutputs(
  scope: GraphScope,
  fork: Fork,
  join: RawCard,
  members: ReadonlySet<RawCard>,
): Record<string, Binding> {
  const out: Record<string, Binding> = {};
  const others = new Set(fork.lanes.flatMap((lane) => [...cardsIn(lane.cards)]));
  for (const input of join.inputs) {
    const output = join.outputs.find((field) => field.id === join.joins.get(input.id));
    if (!output || output.key === '__proto__') continue;
    const binding = laneBinding(scope, join, input, members, others);
    if (binding !== undefined) out[output.group === null ? output.key : `${output.group}/${output.key}`] = binding;
  }
  return out;
}

function laneBinding(
  scope: GraphScope,
  join: RawCard,
  input: RawField,
  members: ReadonlySet<RawCard>,
  others: ReadonlySet<RawCard>,
): Binding | undefined {
  const pins = scope.graph.pins.get(join.id)?.get(input.id) ?? [];
  const fits = (pin: RawPin) => members.has(pin.from) || !others.has(pin.from);
  const pin = pins.find(fits);
  const origin = pin && originOf(scope, pin);
  if (origin) return referenceTo(scope, origin);
  return isUnset(input.data) ? undefined : literalBinding(input.data);
}

/** All cards of a lane, those of lanes inside it and the plumbing included. */
function cardsIn(sequence: Sequence): Set<RawCard> {
  const cards = new Set<RawCard>();
  const visit = (steps: Sequence) => {
    for (const step of steps) {
      if (!isFork(step)) {
        cards.add(step);
        continue;
      }
      cards.add(step.fork);
      if (step.join) cards.add(step.join);
      for (const lane of step.lanes) visit(lane.cards);
    }
  };
  visit(sequence);
  return cards;
}
