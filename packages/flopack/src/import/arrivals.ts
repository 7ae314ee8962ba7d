/** Accounts for every wire of a file: its value arrives at an input of the document, or a diagnostic names the wire. */
import type { Bindings, CardNode } from '@flowdeck/engine/kit';
import type { Diagnostics } from '../diagnostics.js';
import { graphsOf, isKind, type RawPin } from '../read/index.js';
import type { FlowWires } from './draft.js';
import type { ImportedFlow } from './flow.js';

/** How the wires of the file fared. Each of them has arrived, or is told of. */
export interface PinReport {
  /** Wires in the file. */
  readonly total: number;
  /** Those whose value stands at an input of the document, or is where it should be without a reference. */
  readonly arrived: number;
}

/** What has not arrived, and was not told of when it was met, is told of here. */
export function arrivalsOf(flows: readonly ImportedFlow[], found: Diagnostics): PinReport {
  let total = 0;
  let count = 0;
  for (const { flow, draft } of flows) {
    if (!draft.raw.graph) continue;
    const arrived = arrivedWires(flow.cards, draft.wires);
    for (const graph of graphsOf(draft.raw.graph)) {
      for (const inputs of graph.pins.values()) {
        for (const pin of [...inputs.values()].flat()) {
          total++;
          if (arrived.has(pin)) count++;
          else if (!draft.wires.told.has(pin)) tellUnused(pin, found);
        }
      }
    }
  }
  return { total, arrived: count };
}

/** Goes by the document alone, so that what was followed and then left out counts for nothing. */
function arrivedWires(cards: readonly CardNode[], { routes, implied }: FlowWires): ReadonlySet<RawPin> {
  const arrived = new Set(implied);
  const visit = (bindings: Bindings | undefined) => {
    for (const binding of Object.values(bindings ?? {})) {
      for (const pin of routes.get(binding) ?? []) arrived.add(pin);
    }
  };
  const open = [...cards];
  for (let card = open.pop(); card; card = open.pop()) {
    visit(card.in);
    visit(card.onError?.values);
    for (const block of Object.values(card.blocks ?? {})) {
      visit(block.in);
      visit(block.out);
      open.push(...block.cards);
    }
  }
  return arrived;
}

function tellUnused(pin: RawPin, found: Diagnostics): void {
  const message = `The wire from "${pin.from.title}" to the input "${pin.input.key}" of "${pin.to.title}" has no effect.`;
  found.add(leadsToPlumbing(pin) ? 'info' : 'warning', 'unused-wire', pin.spot, message);
}

/** It leads into plumbing that nothing reads: the editor leaves such behind. */
function leadsToPlumbing({ to, input }: RawPin): boolean {
  return isKind(to, 'object:expand') || isKind(to, 'control:join') || input.group === 'context';
}
