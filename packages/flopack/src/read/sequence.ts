/** The order in which the cards of a graph run. */
import type { Spot } from '../json.js';
import { type Fork, isFork, isKind, type RawCard, type Sequence } from './model.js';
import type { Reading } from './reading.js';

/** A constraint: one card runs before another. */
export interface Edge {
  readonly from: string;
  readonly to: string;
}

interface Ordered {
  readonly sequence: Sequence;
  readonly start: RawCard | null;
}

/** Where a card stands: in the body, or in a lane of an If/Else. */
interface ForkLane {
  readonly head: RawCard;
  readonly when: boolean;
  readonly cards: (RawCard | Fork)[];
}

/**
 * Sorts cards by their constraints, and groups the lanes of every If/Else.
 *
 * A lane is what its head leads to and the Join does not; the Join is the first Join that both heads lead to.
 * Cards on a cycle come last, in the order of the file.
 */
export function sequenceOf(
  cards: ReadonlyMap<string, RawCard>,
  edges: readonly Edge[],
  spot: Spot,
  reading: Reading,
): Ordered {
  const graph = new Successors(cards, edges, reading);
  const order = graph.order(spot, reading);
  const lanes = new Map<RawCard, ForkLane>();
  const forks = new Map<RawCard, Fork>();
  const joins = new Set<RawCard>();
  for (const card of order) {
    if (card.branches.size === 0) continue;
    const fork = layOut(card, order, graph, lanes, reading);
    forks.set(card, fork);
    if (fork.join) joins.add(fork.join);
  }
  const body: (RawCard | Fork)[] = [];
  for (const card of order) {
    if (joins.has(card)) continue;
    (lanes.get(card)?.cards ?? body).push(forks.get(card) ?? card);
  }
  reportRoots(order, graph, spot, reading);
  return { sequence: body, start: firstOf(body) };
}

function firstOf(sequence: Sequence): RawCard | null {
  const [first] = sequence;
  return first === undefined ? null : isFork(first) ? first.fork : first;
}

/** Assigns the cards of both lanes; those of an inner If/Else are assigned again when its turn comes. */
function layOut(
  card: RawCard,
  order: readonly RawCard[],
  graph: Successors,
  lanes: Map<RawCard, ForkLane>,
  reading: Reading,
): Fork {
  const heads = [...card.branches].flatMap(([id, when]) => {
    const head = graph.cards.get(id);
    return head ? [{ head, when, reach: graph.reach(head) }] : [];
  });
  const shared = (candidate: RawCard) =>
    heads.length > 0 && heads.every(({ head, reach }) => head !== candidate && reach.has(candidate));
  const join = order.find((candidate) => isKind(candidate, 'control:join') && shared(candidate)) ?? null;
  if (!join) {
    reading.found.add(
      'error',
      'missing-join',
      card.spot,
      `The lanes of "${card.title}" never come together in a Join.`,
      'Add a Join that both lanes lead to.',
    );
  }
  const after = join ? graph.reach(join) : new Set(order.filter(shared));
  const laid = heads.map(({ head, when, reach }) => {
    const lane: ForkLane = { head, when, cards: [] };
    for (const member of reach) if (!after.has(member) && member !== card) lanes.set(member, lane);
    return lane;
  });
  return { fork: card, lanes: laid, join };
}

function reportRoots(order: readonly RawCard[], graph: Successors, spot: Spot, reading: Reading): void {
  const roots = order.filter((card) => !graph.hasPredecessor(card));
  for (const root of roots.slice(1)) {
    reading.found.add(
      'error',
      'two-roots',
      root.spot,
      `Nothing comes before "${root.title}", and the graph starts with "${roots[0]?.title ?? ''}" already.`,
      'Add an ordering that leads to it.',
    );
  }
  if (roots.length === 0 && order.length > 0) {
    reading.found.add('error', 'ordering-cycle', spot.at('orderings'), 'Every card comes after another one.');
  }
}

class Successors {
  readonly cards: ReadonlyMap<string, RawCard>;
  readonly #next = new Map<RawCard, Set<RawCard>>();
  readonly #waiting = new Map<RawCard, number>();
  readonly #reach = new Map<RawCard, ReadonlySet<RawCard>>();

  constructor(cards: ReadonlyMap<string, RawCard>, edges: readonly Edge[], reading: Reading) {
    this.cards = cards;
    for (const { from, to } of edges) this.#connect(cards.get(from), cards.get(to));
    for (const card of cards.values()) {
      for (const head of card.branches.keys()) {
        if (cards.has(head)) this.#connect(card, cards.get(head));
        else {
          reading.found.add(
            'error',
            'dangling-branch',
            card.spot.at('branches', head),
            `There is no card "${head}" in this graph to begin a lane.`,
          );
        }
      }
    }
  }

  #connect(from: RawCard | undefined, to: RawCard | undefined): void {
    if (!from || !to || from === to) return;
    const next = this.#next.get(from) ?? new Set();
    this.#next.set(from, next);
    if (next.has(to)) return;
    next.add(to);
    this.#waiting.set(to, (this.#waiting.get(to) ?? 0) + 1);
  }

  hasPredecessor(card: RawCard): boolean {
    return (this.#waiting.get(card) ?? 0) > 0;
  }

  /** The card and all that it leads to. */
  reach(card: RawCard): ReadonlySet<RawCard> {
    const known = this.#reach.get(card);
    if (known) return known;
    const reached = new Set([card]);
    for (const from of reached) for (const to of this.#next.get(from) ?? []) reached.add(to);
    this.#reach.set(card, reached);
    return reached;
  }

  /** Topological order. What is left over stands on a cycle or behind one. */
  order(spot: Spot, reading: Reading): RawCard[] {
    const waiting = new Map(this.#waiting);
    const order = [...this.cards.values()].filter((card) => !this.hasPredecessor(card));
    for (const card of order) {
      for (const next of this.#next.get(card) ?? []) {
        const left = (waiting.get(next) ?? 0) - 1;
        waiting.set(next, left);
        if (left === 0) order.push(next);
      }
    }
    if (order.length === this.cards.size) return order;
    const placed = new Set(order);
    const rest = [...this.cards.values()].filter((card) => !placed.has(card));
    if (order.length > 0) {
      const titles = rest.slice(0, 3).map((card) => `"${card.title}"`);
      reading.found.add(
        'error',
        'ordering-cycle',
        spot.at('orderings'),
        `The orderings of ${titles.join(', ')}${rest.length > 3 ? ', ...' : ''} run in a circle.`,
        'Remove the ordering that closes it.',
      );
    }
    return [...order, ...rest];
  }
}
