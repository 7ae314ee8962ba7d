/** What happens when a card fails: its error policy, with the policy's arguments. */
import type { Binding, CardNode } from '@flowdeck/engine/kit';
import { isKind, type RawCard } from '../read/index.js';
import { bindingOf } from './binding.js';
import type { GraphScope } from './draft.js';

export function policyOf(scope: GraphScope, card: RawCard): Pick<CardNode, 'onError'> {
  const { type, retry, delay, flow } = card.policy;
  const policy: { -readonly [K in keyof NonNullable<CardNode['onError']>]: NonNullable<CardNode['onError']>[K] } = {};
  if (retry > 0) policy.retry = { times: retry, ...(delay === null ? {} : { delay }) };
  const values = argumentsOf(scope, card);
  if (type === 'flo' && flow !== null) {
    policy.then = 'flow';
    policy.flow = flowIdOf(scope, card, flow);
    if (values) policy.values = values;
  } else if (type === 'return' && values) {
    policy.then = 'return';
    policy.values = values;
  }
  return Object.keys(policy).length === 0 ? {} : { onError: policy };
}

function argumentsOf(scope: GraphScope, card: RawCard): Record<string, Binding> | null {
  const values: Record<string, Binding> = {};
  for (const field of card.inputs) {
    if (field.forPolicy && field.key !== '__proto__') values[field.key] = bindingOf(scope, card, field).binding;
  }
  return Object.keys(values).length === 0 ? null : values;
}

function flowIdOf(scope: GraphScope, card: RawCard, foreignId: string): string {
  const { deck } = scope.flow;
  const id = deck.flowIds.get(foreignId);
  if (id !== undefined) return id;
  deck.found.add(
    'warning',
    'flow-not-included',
    card.spot.at('node', 'model', 'policy', 'error', 'flo'),
    `The file does not hold the flow "${foreignId}" that is to run on an error.`,
    'Export it together with the flows that call it.',
  );
  return deck.missingFlow(foreignId);
}

/** The error block of an If Error is not a policy of the card, but a part of it. */
export function hasHandler(card: RawCard): boolean {
  return isKind(card, 'control:tryCatch');
}
