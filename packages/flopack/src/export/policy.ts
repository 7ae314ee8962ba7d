/** Writes what is done when a card fails: its error policy, with the arguments of the flow that is called then. */
import type { CardNode } from '@flowdeck/engine/kit';
import type { CardLink } from '../import/draft.js';
import { member, type Spot, sameJson } from '../json.js';
import type { CardBuilder } from './builder.js';
import type { Lane } from './draft.js';
import { literalOr, writeBinding } from './inputs.js';
import { TEXT } from './types.js';

/** The error policy with its arguments. One that was not edited stays as it is; only wires are laid anew. */
export function writePolicy(lane: Lane, card: CardBuilder, node: CardNode, link: CardLink | null, spot: Spot): void {
  if (link && sameJson(link.node.onError ?? null, node.onError ?? null)) {
    rewirePolicy(lane, card, node, spot);
    return;
  }
  for (const old of [...card.inputs]) {
    if (old.value['error'] === true) card.drop('inputs', old);
  }
  const policy = node.onError;
  const before = card.model['policy'];
  const condition = member(member(before, 'error'), 'retryCondition');
  const isHandler = member(member(before, 'error'), 'type') === 'handler';
  if (isHandler) return;
  const { retry, then = 'raise', flow, values } = policy ?? {};
  const type = then === 'flow' ? 'flo' : then === 'return' ? 'return' : 'finish';
  card.model['policy'] = {
    error: {
      type,
      ...(then === 'flow' && flow !== undefined ? { flo: lane.flow.draft.flowIds.get(flow) ?? flow } : {}),
      ...(policy ? { retry: retry?.times ?? 0, delay: retry?.delay ?? 300_000, ...conditionOf(condition, link) } : {}),
    },
  };
  for (const [key, binding] of Object.entries(values ?? {})) {
    const field = card.add('inputs', { group: null, key, type: literalOr(binding, TEXT), forPolicy: true });
    field.isOpen = true;
    writeBinding(lane, card, field, binding, spot.at('onError', 'values', key));
  }
}

/** Which failures are tried again: as it was said, where it was; a new card says what the editor does. */
function conditionOf(noted: unknown, link: CardLink | null): { readonly retryCondition?: unknown } {
  if (noted !== undefined) return { retryCondition: noted };
  return link ? {} : { retryCondition: 'ratelimits' };
}

function rewirePolicy(lane: Lane, card: CardBuilder, node: CardNode, spot: Spot): void {
  for (const [key, binding] of Object.entries(node.onError?.values ?? {})) {
    const field = card.inputs.find((input) => input.key === key && member(input.raw['value'], 'error') === true);
    const isWire = typeof binding === 'object' && binding !== null && 'from' in binding;
    if (field && isWire) writeBinding(lane, card, field, binding, spot.at('onError', 'values', key));
  }
}
