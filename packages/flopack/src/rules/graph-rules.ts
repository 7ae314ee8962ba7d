/** Rules of wires and of the order. */
import { isObject, itemsOf } from '../json.js';
import {
  isFork,
  isKind,
  type RawCard,
  type RawField,
  type RawGraph,
  type RawPin,
  type Sequence,
} from '../read/index.js';
import type { Report, Rule } from './rule.js';

function* pinsOf(graph: RawGraph): Iterable<RawPin> {
  for (const inputs of graph.pins.values()) for (const pins of inputs.values()) yield* pins;
}

export const GRAPH_RULES: readonly Rule[] = [
  {
    of: 'graph',
    code: 'rule-field-ids',
    says: 'Field ids are unique in their graph, across cards and both sides.',
    check({ graph }, report) {
      const seen = new Set<string>();
      for (const card of graph.cards.values()) {
        for (const field of [...card.inputs, ...card.outputs]) {
          if (seen.has(field.id)) report(field.spot, `Another field has the id "${field.id}".`);
          seen.add(field.id);
          if (field.raw['id'] !== field.id) report(field.spot.at('id'), 'The id is not the key.');
        }
      }
    },
  },
  {
    of: 'graph',
    code: 'rule-pin-count',
    says: 'An input has at most one wire; that of a Join at most two.',
    check({ graph }, report) {
      for (const inputs of graph.pins.values()) {
        for (const pins of inputs.values()) {
          const [first] = pins;
          const most = first && isKind(first.to, 'control:join') ? 2 : 1;
          if (first && pins.length > most) report(first.input.spot, `"${first.input.key}" has ${pins.length} wires.`);
        }
      }
    },
  },
  {
    of: 'graph',
    code: 'rule-transform',
    says: 'A conversion has exactly one entry, which names the output twice.',
    check({ graph }, report) {
      for (const { from, output, to, spot } of pinsOf(graph)) {
        for (const transform of transformsOf(from, output, to)) {
          const [entry, more] = Object.entries(transform);
          const dest = isObject(entry?.[1]) ? entry[1]['dest'] : undefined;
          if (!entry || more || entry[0] !== output.id || dest !== output.id)
            report(spot.at('transform'), 'It names another output.');
        }
      }
    },
  },
  {
    of: 'graph',
    code: 'rule-pin-types',
    says: 'A wire between two types carries a conversion, unless both are objects.',
    check({ graph }, report) {
      for (const { output, input, transform, spot } of pinsOf(graph)) {
        if (transform) continue;
        const [a, b] = [output.type, input.type];
        if (a.name !== b.name || a.list !== b.list) {
          report(spot, `${rawTypeName(output)} is wired to ${rawTypeName(input)} without a conversion.`);
        }
      }
    },
  },
  {
    of: 'graph',
    code: 'rule-order',
    says: 'Every card comes directly behind the one before it: the order is unique.',
    check({ graph }, report) {
      checkOrder(graph, report);
    },
  },
  {
    of: 'graph',
    code: 'rule-pins-forward',
    says: 'Wires lead forward, and out of a lane only to its Join.',
    check({ graph }, report) {
      const places = new Map<RawCard, Place>();
      collectPlaces(graph.sequence, [], places, { next: 0 });
      for (const { from, to, spot } of pinsOf(graph)) {
        const [source, target] = [places.get(from), places.get(to)];
        if (!source || !target) continue;
        if (source.position >= target.position) report(spot, `"${from.title}" does not run before "${to.title}".`);
        const isInside = source.lanes.every((lane, index) => target.lanes[index] === lane);
        const isOut = source.lanes.length === target.lanes.length + 1 && source.lanes.at(-1)?.join === to;
        if (!isInside && !isOut)
          report(spot, `The wire leaves the lane of "${from.title}" and does not end at its Join.`);
      }
    },
  },
];

function transformsOf(from: RawCard, output: RawField, to: RawCard): Record<string, unknown>[] {
  const pins = from.raw['pins'];
  const targets = isObject(pins) ? pins[output.id] : undefined;
  const wires = isObject(targets) ? targets[to.id] : undefined;
  return itemsOf(wires).flatMap((wire) => (isObject(wire) && isObject(wire['transform']) ? [wire['transform']] : []));
}

function rawTypeName(field: RawField): string {
  return `${field.type.members ? 'a struct' : field.type.name}${field.type.list ? '[]' : ''}`;
}

/** Successive steps are joined by a constraint; an If/Else leads to its lanes, and both lanes to its Join. */
function checkOrder(graph: RawGraph, report: Report): void {
  const edges = new Set<string>();
  const orderings = graph.raw['orderings'];
  for (const pair of isObject(orderings) ? Object.values(orderings) : []) {
    if (Array.isArray(pair)) edges.add(JSON.stringify(pair));
  }
  const need = (from: RawCard, to: RawCard) => {
    if (!edges.has(JSON.stringify([from.id, to.id]))) {
      report(to.spot, `Nothing says that "${to.title}" comes directly behind "${from.title}".`);
    }
  };
  const walk = (sequence: Sequence, first: RawCard | null): RawCard | null => {
    let last = first;
    for (const step of sequence) {
      const card = isFork(step) ? step.fork : step;
      if (last && last !== card) need(last, card);
      last = card;
      if (!isFork(step) || !step.join) continue;
      for (const { head, cards } of step.lanes) {
        need(head, step.join);
        const [entry, ...rest] = cards;
        const end = entry === head ? walk(rest, head) : walk(cards, null);
        if (end && end !== head) need(end, step.join);
      }
      last = step.join;
    }
    return last;
  };
  walk(graph.sequence, null);
}

interface LaneOf {
  readonly head: RawCard;
  readonly join: RawCard | null;
}
interface Place {
  readonly position: number;
  readonly lanes: readonly LaneOf[];
}

function collectPlaces(
  sequence: Sequence,
  lanes: readonly LaneOf[],
  places: Map<RawCard, Place>,
  count: { next: number },
): void {
  for (const step of sequence) {
    places.set(isFork(step) ? step.fork : step, { position: count.next++, lanes });
    if (!isFork(step)) continue;
    for (const { head, cards } of step.lanes)
      collectPlaces(cards, [...lanes, { head, join: step.join }], places, count);
    if (step.join) places.set(step.join, { position: count.next++, lanes });
  }
}
