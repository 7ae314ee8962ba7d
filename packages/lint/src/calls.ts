/** Which flows a card calls. */
import type { BindingSite, CardSite, FlowSite } from './sites.js';

/** The flow that a card hands what it forwards to, when the file says which. */
export function targetOf(card: CardSite): FlowSite | null {
  const site = flowInput(card);
  return site ? flowOf(site) : null;
}

/** Whether the file says which flow the card calls, even if that flow is not in it. */
export function namesFlow(card: CardSite): boolean {
  const binding = flowInput(card)?.binding;
  return typeof binding === 'object' && binding !== null && 'flow' in binding;
}

function flowInput({ type, inputs }: CardSite): BindingSite | undefined {
  const name = type?.extraInputs?.forward ?? type?.inputs.find((field) => field.type === 'flow')?.key;
  return name === undefined ? undefined : inputs.get(name);
}

/** All flows that the inputs of a card name, whatever its type. */
export function calledFlows(card: CardSite): readonly FlowSite[] {
  return card.bindings.flatMap((site) => flowOf(site) ?? []);
}

function flowOf({ binding, card }: BindingSite): FlowSite | null {
  if (typeof binding !== 'object' || binding === null || !('flow' in binding)) return null;
  return card.flow.file.flowById.get(binding.flow) ?? null;
}
