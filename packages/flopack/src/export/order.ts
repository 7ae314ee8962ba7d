/** The order of a graph under construction, and its constraints. */
import type { CardBuilder, GraphBuilder } from './builder.js';

export interface OrderFork {
  readonly lanes: readonly { readonly head: CardBuilder; readonly items: OrderItem[] }[];
  readonly join: CardBuilder;
}

export interface OrderItem {
  readonly card: CardBuilder;
  readonly fork?: OrderFork;
}

/** Puts a card directly behind another one, wherever that stands. */
export function placeBehind(items: OrderItem[], after: CardBuilder, card: CardBuilder): boolean {
  for (const [index, item] of items.entries()) {
    if (item.card === after && !item.fork) return insert(items, index + 1, card);
    if (!item.fork) continue;
    if (item.fork.join === after) return insert(items, index + 1, card);
    for (const lane of item.fork.lanes) {
      if (lane.head === after) return insert(lane.items, 0, card);
      if (placeBehind(lane.items, after, card)) return true;
    }
  }
  return false;
}

function insert(items: OrderItem[], index: number, card: CardBuilder): true {
  items.splice(index, 0, { card });
  return true;
}

/** A chain from card to card; both lanes of an If/Else lead to its Join, and nothing leads from it to its lanes. */
export function constrain(
  graph: GraphBuilder,
  items: readonly OrderItem[],
  first: CardBuilder | null = null,
): CardBuilder | null {
  let last = first;
  for (const { card, fork } of items) {
    if (last) graph.order(last, card);
    last = card;
    if (!fork) continue;
    for (const lane of fork.lanes) {
      const end = constrain(graph, lane.items, lane.head);
      if (end && end !== lane.head) graph.order(end, fork.join);
      graph.order(lane.head, fork.join);
    }
    last = fork.join;
  }
  return last;
}
