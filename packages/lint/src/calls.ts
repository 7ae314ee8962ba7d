/** Which flows a card calls. */
import type { BindingSite, CardSite, FlowSite } from './walk.js';

/** The flow that a card hands what it forwards to, when the file says which. */
export function targetOf(card: CardSite): FlowSite | null {
  const { type } = card;
  const name = type?.extraInputs?.forward ?? type?.inputs.find((field) => field.type === 'flow')?.key;
  const site = name === undefined ? undefined : card.inputs.get(name);
  return site ? flowOf(site) : null;
}

/** All flows that the inputs of a card name, whatever its type. */
export function calledFlows(card: CardSite): readonly FlowSite[] {
  return card.bindings.flatMap((site) => flowOf(site) ?? []);
}

function flowOf({ binding, card }: BindingSite): FlowSite | null {
  if (typeof binding !== 'object' || binding === null || !('flow' in binding)) return null;
  return card.flow.file.flowById.get(binding.flow) ?? null;
}
