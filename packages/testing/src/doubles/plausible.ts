/** Values that fields of a name and a type plausibly hold. */
import type { Field, Value, ValueObject } from '@flowdeck/engine';
import { fieldName, setOwn } from '@flowdeck/engine/kit';

const MADE_LEVELS = 8;
const ITEMS = 2;
/** 2030-01-01T00:00:00Z, where simulated time begins. */
export const EPOCH = Date.UTC(2030, 0, 1);
const DAY = 86_400_000;

/**
 * A value for a field. Names decide what a text looks like: an address where a mail address is asked for, a date where
 * a date is. Files are null: only a file store makes them.
 */
export function plausible(field: Field, random: () => number, level = 0): Value {
  if (field.choices && field.choices.length > 0) return pick(field.choices, random);
  if (!field.list) return single(field, random, level);
  return Array.from({ length: ITEMS }, () => single({ ...field, list: false }, random, level + 1));
}

function single(field: Field, random: () => number, level: number): Value {
  switch (field.type) {
    case 'text':
      return textFor(field, random);
    case 'number':
      return numberFor(field.key, random);
    case 'boolean':
      return random() < 0.75;
    case 'date':
      return new Date(EPOCH - Math.floor(random() * 365) * DAY);
    case 'object':
      return objectFor(field, random, level);
    case 'any':
      return objectFor(field, random, level);
    default:
      return null;
  }
}

function objectFor(field: Field, random: () => number, level: number): ValueObject {
  const object: { [key: string]: Value } = {};
  if (level >= MADE_LEVELS) return object;
  for (const property of field.properties ?? []) setOwn(object, property.key, plausible(property, random, level + 1));
  return object;
}

function numberFor(key: string, random: () => number): number {
  if (/status.?code/i.test(key)) return 200;
  if (/(count|total|records|rows)/i.test(key)) return 1 + Math.floor(random() * 5);
  return 1 + Math.floor(random() * 100);
}

const WORDS = ['amber', 'birch', 'cedar', 'delta', 'ember', 'fjord', 'grove', 'hazel'];
const FIRST = ['Ada', 'Grace', 'Alan', 'Edsger', 'Barbara', 'Donald'];
const LAST = ['Lovelace', 'Hopper', 'Turing', 'Dijkstra', 'Liskov', 'Knuth'];

/** What a text of a given name holds: the first pattern that fits decides. */
const TEXTS: readonly (readonly [RegExp, (random: () => number, key: string) => string])[] = [
  [/e-?mail|login|user.?name|\bto\b|\bfrom\b/i, (random) => `${pick(FIRST, random).toLowerCase()}@example.com`],
  [/first.?name|given/i, (random) => pick(FIRST, random)],
  [/last.?name|surname|family/i, (random) => pick(LAST, random)],
  [/display.?name|full.?name/i, (random) => `${pick(FIRST, random)} ${pick(LAST, random)}`],
  [/phone|mobile|sms/i, (random) => `+1500555${String(Math.floor(random() * 10_000)).padStart(4, '0')}`],
  [/ur[il]|link|href|endpoint/i, (random) => `https://example.com/${pick(WORDS, random)}`],
  [/domain|host/i, () => 'example.com'],
  [/date|time|created|updated|published|expir|until|since|\bat$/i, (random) => iso(random)],
  [/status.?code/i, () => '200'],
  [/status|state/i, () => 'ACTIVE'],
  [/json|body|payload|raw|scopes?$/i, () => '{}'],
  [/ip.?addr|\bip\b/i, (random) => `192.0.2.${1 + Math.floor(random() * 250)}`],
  [/country/i, () => 'AT'],
  [
    /(count|number|amount|total|limit|offset|days?|hours?|minutes?)$/i,
    (random) => String(1 + Math.floor(random() * 9)),
  ],
  [/id$|uuid|guid|key$|sid$/i, (random) => `id-${Math.floor(random() * 1e9).toString(36)}`],
];

function textFor(field: Field, random: () => number): string {
  const name = field.label ?? field.key;
  for (const [pattern, make] of TEXTS)
    if (pattern.test(name) || pattern.test(field.key)) return make(random, field.key);
  return `${pick(WORDS, random)} ${fieldName(field).toLowerCase()}`.slice(0, 60);
}

function iso(random: () => number): string {
  return new Date(EPOCH - Math.floor(random() * 365) * DAY).toISOString();
}

function pick<T>(list: readonly T[], random: () => number): T {
  // `random` is below 1, and no list here is empty.
  return list[Math.floor(random() * list.length)] as T;
}
