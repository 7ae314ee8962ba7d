/** Holds the flows that a document names against those that it has. It is the only place that judges this. */
import { isDeck } from '../document/flows.js';
import type { Bindings, CardNode, FlowFile } from '../document/types.js';
import { checkRoles } from './flow-roles.js';
import type { PlanDiagnostics } from './plan-diagnostics.js';
import { Spot } from './spot.js';

/** The document apart from the flow that is looked through. */
interface Names {
  readonly known: ReadonlySet<string>;
  readonly report: PlanDiagnostics;
}

/**
 * Reports `unknown-flow`. Cards that cannot be compiled are looked through too, so that one error does not hide the other.
 */
export function checkFlowNames(document: FlowFile, report: PlanDiagnostics): void {
  if (!isDeck(document)) {
    const names: Names = { known: new Set([document.id]), report };
    checkFlowsOfCards(document.cards, Spot.root().inFlow(document.id), names);
    return;
  }
  const names: Names = { known: new Set(document.flows.map((flow) => flow.id)), report };
  for (const [index, flow] of document.flows.entries()) {
    checkFlowsOfCards(flow.cards, Spot.root().at('flows').at(index).inFlow(flow.id), names);
  }
  checkRoles(document, report, (id, spot) => checkFlowName(id, spot, names));
}

function checkFlowsOfCards(cards: readonly CardNode[], spot: Spot, names: Names): void {
  const place = spot.at('cards');
  for (let index = 0; index < cards.length; index++) {
    const card = cards[index] as CardNode; // within the length
    // Most cards name none, and need no place.
    if (card.blocks || card.onError || namesFlow(card.in)) checkFlowsOfCard(card, place.atCard(index, card.id), names);
  }
}

function namesFlow(bindings: Bindings | undefined): boolean {
  for (const field in bindings) {
    const binding = bindings[field];
    if (typeof binding === 'object' && binding !== null && 'flow' in binding) return true;
  }
  return false;
}

function checkFlowsOfCard({ in: inputs, onError, blocks }: CardNode, spot: Spot, names: Names): void {
  checkFlowsOfBindings(inputs, 'in', spot, names);
  if (onError) {
    checkFlowsOfBindings(onError.values, 'values', spot.at('onError'), names);
    if (onError.flow !== undefined) checkFlowName(onError.flow, spot.at('onError').at('flow'), names);
  }
  if (!blocks) return;
  for (const [name, block] of Object.entries(blocks)) {
    const inside = spot.at('blocks').at(name);
    checkFlowsOfBindings(block.in, 'in', inside, names);
    checkFlowsOfCards(block.cards, inside, names);
    checkFlowsOfBindings(block.out, 'out', inside, names);
  }
}

function checkFlowsOfBindings(bindings: Bindings | undefined, part: string, spot: Spot, names: Names): void {
  for (const field in bindings) {
    const binding = bindings[field];
    if (typeof binding !== 'object' || binding === null || !('flow' in binding)) continue;
    checkFlowName(binding.flow, spot.at(part).at(field).at('flow'), names);
  }
}

function checkFlowName(id: string, spot: Spot, { known, report }: Names): void {
  if (known.has(id)) return;
  const hint = report.suggest(id, known) ?? 'Put the flow into the same deck.';
  report.add('error', 'unknown-flow', spot, `There is no flow "${id}" in this deck.`, hint);
}
