/** Breaks exports in ways that know their structure. */
import { seededRandom } from '@flowdeck/engine/kit';

type Json = Record<string, unknown>;
interface Place {
  readonly owner: Json | unknown[];
  readonly key: string | number;
}

/** Names that mean something to JavaScript, or that nobody can see, and one without end. */
const NAMES: readonly string[] = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  ' ',
  '\t\n',
  '\u0000',
  '\u001b[31m',
  '\ufeff',
  '\ud800',
  '\u202e',
  'a/b',
  'a.b',
  '0',
  '~',
  'x'.repeat(20_000),
];

const STRANGE: readonly unknown[] = [
  null,
  '',
  0,
  -1,
  true,
  [],
  {},
  ...NAMES,
  [null],
  { type: 'flopack' },
  { convert: 'nonsense' },
  'root:kernel:control:0.0.1:branch',
  'root:kernel:object:0.0.1:expand',
  'root:kernel:control:0.0.1:join',
  'root:kernel:list:0.0.1:map',
  'root:channels:http:stash:1:searchRows2',
];

/** A copy with one to four faults, the same for the same seed. Also says what was done, for whoever has to find out why. */
export function mutate(
  original: unknown,
  seed: string,
): { readonly mutant: unknown; readonly faults: readonly string[] } {
  const random = seededRandom(seed);
  const root: Json = { file: structuredClone(original) };
  const faults: string[] = [];
  const count = 1 + Math.floor(random() * 4);
  for (let index = 0; index < count; index++) {
    const places = placesIn(root);
    const place = pick(places, random);
    if (place) faults.push(breakAt(place, places, random));
  }
  return { mutant: root['file'], faults };
}

function placesIn(root: Json): Place[] {
  const places: Place[] = [];
  const visit = (owner: Json | unknown[]) => {
    for (const key of Array.isArray(owner) ? owner.keys() : Object.keys(owner)) {
      places.push({ owner, key });
      const value = (owner as Json)[key];
      if (typeof value === 'object' && value !== null) visit(value as Json);
    }
  };
  visit(root);
  return places;
}

function breakAt({ owner, key }: Place, places: readonly Place[], random: () => number): string {
  const target = owner as Json;
  const other = pick(places, random);
  const otherValue = other ? (other.owner as Json)[other.key] : null;
  switch (Math.floor(random() * 7)) {
    case 0:
      if (Array.isArray(owner)) owner.splice(Number(key), 1);
      else delete target[key];
      return `removed ${key}`;
    case 1:
      target[key] = structuredClone(pick(STRANGE, random));
      return `replaced ${key} by something strange`;
    case 2:
      // What stands elsewhere fits better than anything made up; a part of itself would be too large soon.
      if (typeof otherValue !== 'object' || JSON.stringify(otherValue).length < 2000)
        target[key] = structuredClone(otherValue);
      return `replaced ${key} by what stands at ${other?.key}`;
    case 3:
      if (Array.isArray(owner)) owner.push(structuredClone(owner[Number(key)]));
      else target[`${key}_copy`] = structuredClone(target[key]);
      return `doubled ${key}`;
    case 4: {
      if (Array.isArray(owner)) owner.reverse();
      else {
        const name = pick(NAMES, random) ?? '';
        Object.defineProperty(owner, name, {
          value: target[key],
          enumerable: true,
          configurable: true,
          writable: true,
        });
        delete target[key];
      }
      return `renamed ${key}`;
    }
    case 5: {
      const text = target[key];
      if (typeof text === 'string') target[key] = random() < 0.5 ? text.slice(1) : `${text}${text}`;
      return `changed the text ${key}`;
    }
    default: {
      if (typeof otherValue !== typeof target[key] || other === undefined) return 'left all as it was';
      // Copies, for one may be a part of the other.
      const mine = structuredClone(target[key]);
      target[key] = structuredClone(otherValue);
      (other.owner as Json)[other.key] = mine;
      return `swapped ${key} and ${other.key}`;
    }
  }
}

function pick<T>(list: readonly T[], random: () => number): T | undefined {
  return list[Math.floor(random() * list.length)];
}
