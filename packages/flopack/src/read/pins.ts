/** Reads the wires of a graph. */
import { CONVERSION_NAMES } from '@flowdeck/engine/kit';
import { brief, isObject, itemsOf, type Spot, textOf } from '../json.js';
import { isKind, type RawCard, type RawField, type RawPin, type RawTransform } from './model.js';
import type { Reading } from './reading.js';

export function readPins(cards: ReadonlyMap<string, RawCard>, reading: Reading) {
  const pins = new Map<string, Map<string, RawPin[]>>();
  const inputs = new Map([...cards].map(([id, card]) => [id, fieldsById(card.inputs)]));
  let count = 0;
  for (const card of cards.values()) {
    for (const pin of pinsFrom(card, cards, inputs, reading)) {
      const ofCard = pins.get(pin.to.id) ?? new Map<string, RawPin[]>();
      pins.set(pin.to.id, ofCard);
      const ofInput = ofCard.get(pin.input.id) ?? [];
      if (ofInput.length > 0 && !isKind(pin.to, 'control:join')) {
        reading.found.add(
          'error',
          'second-pin',
          pin.spot,
          `The input "${pin.input.key}" has a wire already; this one is left out.`,
          'Only a Join takes one wire from each lane.',
        );
        continue;
      }
      ofCard.set(pin.input.id, [...ofInput, pin]);
      count++;
    }
  }
  return { pins, count };
}

function fieldsById(fields: readonly RawField[]): Map<string, RawField> {
  return new Map(fields.map((field) => [field.id, field]));
}

function* pinsFrom(
  from: RawCard,
  cards: ReadonlyMap<string, RawCard>,
  inputs: ReadonlyMap<string, ReadonlyMap<string, RawField>>,
  reading: Reading,
): Iterable<RawPin> {
  const raw = from.raw['pins'];
  const spot = from.spot.at('pins');
  if (raw === undefined) return;
  if (!isObject(raw)) return reading.wrong(spot, 'an object of wires');
  const outputs = fieldsById(from.outputs);
  for (const [outputId, targets] of Object.entries(raw)) {
    const output = outputs.get(outputId);
    if (!output) {
      dangling(reading, spot.at(outputId), `Card "${from.title}" has no output "${outputId}".`);
      continue;
    }
    if (!isObject(targets)) {
      reading.wrong(spot.at(outputId), 'an object of target cards');
      continue;
    }
    for (const [targetId, wires] of Object.entries(targets)) {
      const place = spot.at(outputId, targetId);
      const to = cards.get(targetId);
      if (!to) dangling(reading, place, `There is no card "${targetId}" in this graph.`);
      else if (!Array.isArray(wires)) reading.wrong(place, 'a list of wires');
      else {
        for (const [index, wire] of itemsOf(wires).entries()) {
          const inputId = textOf(wire, 'input');
          const input = inputId === undefined ? undefined : inputs.get(targetId)?.get(inputId);
          if (!input) {
            dangling(reading, place.at(index, 'input'), `Card "${to.title}" has no input ${brief(inputId)}.`);
            continue;
          }
          const transform = readTransform(wire, place.at(index, 'transform'), reading);
          yield { from, output, to, input, transform, spot: place.at(index) };
        }
      }
    }
  }
}

function dangling(reading: Reading, spot: Spot, message: string): void {
  reading.found.add('error', 'dangling-pin', spot, message, 'Remove the wire, or correct its end.');
}

function readTransform(wire: unknown, spot: Spot, reading: Reading): RawTransform | null {
  const transform = isObject(wire) ? wire['transform'] : null;
  if (transform === null || transform === undefined) return null;
  const [entry, isEmpty] = isObject(transform)
    ? [Object.values(transform)[0], Object.keys(transform).length === 0]
    : [];
  if (isEmpty) return null;
  if (!isObject(entry)) {
    reading.wrong(spot, 'null, or an object with one conversion');
    return null;
  }
  const wrap = entry['forceWrapArray'] === true;
  // The editor leaves the name out where nothing but the list around the value is asked for.
  const convert = entry['convert'] ?? (wrap ? 'wrapArray' : null);
  if (convert === null) return null;
  if (typeof convert !== 'string') {
    reading.wrong(spot, 'null, or an object with one conversion');
    return null;
  }
  if (!CONVERSION_NAMES.some((known) => known === convert)) {
    reading.found.add(
      'warning',
      'unknown-conversion',
      spot,
      `"${convert}" is not a known conversion; the input converts what arrives by its own type.`,
      `Known: ${CONVERSION_NAMES.join(', ')}.`,
    );
  }
  return { convert, wrap };
}
