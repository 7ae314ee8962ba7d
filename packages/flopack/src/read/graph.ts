/** Reads a graph: a flow's body, or an inline block in a card. */
import type { Diagnostics } from '../diagnostics.js';
import { isObject, itemsOf, type JsonObject, type Spot } from '../json.js';
import { readCard } from './card.js';
import type { RawCard, RawGraph } from './model.js';
import { readPins } from './pins.js';
import type { Reading } from './reading.js';
import { type Edge, sequenceOf } from './sequence.js';

/** Levels of blocks in blocks. Real files have two. */
const MAX_BLOCKS = 40;

export function newReading(found: Diagnostics): Reading {
  const reading: Reading = {
    found,
    wrong: (spot, expected) => found.add('error', 'wrong-shape', spot, `This should be ${expected}.`),
    block(raw, spot, depth) {
      if (depth <= MAX_BLOCKS) return readGraph(raw, spot, reading, depth);
      found.add(
        'error',
        'nested-too-deep',
        spot,
        `Blocks are nested more than ${MAX_BLOCKS} deep.`,
        'Move inner blocks into helper flows.',
      );
      return null;
    },
  };
  return reading;
}

export function readGraph(raw: JsonObject, spot: Spot, reading: Reading, depth = 0): RawGraph {
  const cards = readCards(raw['methods'], spot.at('methods'), reading, depth);
  const { sequence, start } = sequenceOf(cards, readOrderings(raw, cards, spot, reading), spot, reading);
  const { pins, count } = readPins(cards, reading);
  return { cards, sequence, start, pins, pinCount: count, raw, spot };
}

function readCards(methods: unknown, spot: Spot, reading: Reading, depth: number): Map<string, RawCard> {
  const cards = new Map<string, RawCard>();
  if (!Array.isArray(methods)) {
    reading.wrong(spot, 'a list of cards');
    return cards;
  }
  methods.forEach((method: unknown, index) => {
    const card = readCard(method, spot.at(index), reading, depth);
    if (!card) return;
    if (cards.has(card.id)) {
      reading.found.add(
        'error',
        'duplicate-card',
        spot.at(index, 'uuid'),
        `Another card of this graph has the id "${card.id}"; this one is left out.`,
        'Give it another id, and correct what refers to it.',
      );
    } else cards.set(card.id, card);
  });
  return cards;
}

/** Order constraints without self-edges, which the editor leaves behind and which mean nothing. */
function readOrderings(raw: JsonObject, cards: ReadonlyMap<string, RawCard>, spot: Spot, reading: Reading): Edge[] {
  const edges: Edge[] = [];
  const { orderings } = raw;
  if (!isObject(orderings)) {
    reading.wrong(spot.at('orderings'), 'an object of pairs of card ids');
    return edges;
  }
  for (const [id, pair] of Object.entries(orderings)) {
    const place = spot.at('orderings', id);
    const [from, to] = itemsOf(pair);
    if (typeof from !== 'string' || typeof to !== 'string') {
      reading.wrong(place, 'a pair of card ids');
      continue;
    }
    for (const [position, end] of [from, to].entries()) {
      if (cards.has(end)) continue;
      reading.found.add(
        'error',
        'dangling-ordering',
        place.at(position),
        `There is no card "${end}" in this graph.`,
        'Remove the constraint.',
      );
    }
    if (from !== to && cards.has(from) && cards.has(to)) edges.push({ from, to });
  }
  return edges;
}
