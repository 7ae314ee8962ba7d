/** What all code of a process shares: globals and prototypes. Tells when it is no longer as it was. */
import { runInNewContext } from 'node:vm';

/** One object of the realm, and how it was. */
interface Kept {
  readonly object: object;
  readonly path: string;
  readonly names: readonly PropertyKey[];
  readonly own: readonly (PropertyDescriptor | undefined)[];
  readonly isOpen: boolean;
}

/** They make what they hold when they are first asked, or complain when they are. */
const LEFT_OUT = new Set(['globalThis', 'global', 'self', 'process', 'localStorage', 'sessionStorage', 'performance']);

// Kept from the start, and used without a loop over what a list gives: a card may have changed how lists are gone through.
const { is } = Object;
const { ownKeys, deleteProperty, defineProperty, getOwnPropertyDescriptor, isExtensible } = Reflect;

export class Realm {
  readonly #kept: Kept[] = [];

  constructor() {
    const names = Object.getOwnPropertyNames(globalThis).filter((name) => !LEFT_OUT.has(name));
    // Some are only made when they are asked for, and make others then.
    const values = names.map((name): unknown => Reflect.get(globalThis, name));
    const seen = new Set<object>();
    // The language's own to their ends, and those of the web by their names: each probe looks at them all.
    const language: ReadonlySet<string> = new Set(runInNewContext('Object.getOwnPropertyNames(globalThis)'));
    this.#walk(globalThis, 'globalThis', false, seen);
    for (const [index, name] of names.entries()) this.#walk(values[index], name, language.has(name), seen);
    for (const [path, value] of Object.entries(hidden())) this.#walk(value, path, true, seen);
  }

  /** Paths of what was changed, such as `Array.prototype.map`; all is as it was before, where that can be. */
  undo(): readonly string[] {
    return this.#changes((object, name, before) => {
      if (before === undefined) deleteProperty(object, name);
      else defineProperty(object, name, before);
    });
  }

  /** The same, and what was changed stays as it is now. */
  accept(): readonly string[] {
    return this.#changes(() => {});
  }

  #changes(change: (object: object, name: PropertyKey, before: PropertyDescriptor | undefined) => void): string[] {
    const found: string[] = [];
    const say = (text: string) => {
      found[found.length] = text;
    };
    for (let index = 0; index < this.#kept.length; index++) {
      const kept = this.#kept[index];
      if (kept === undefined || isAsKept(kept)) continue;
      const { object, path, names, own, isOpen } = kept;
      if (isExtensible(object) !== isOpen) {
        say(`${path} (closed to changes)`);
        this.#kept[index] = keptOf(object, path);
        continue;
      }
      for (let each = 0; each < names.length; each++) {
        const name = names[each] ?? '';
        if (isSame(own[each], getOwnPropertyDescriptor(object, name))) continue;
        say(placeOf(path, name));
        change(object, name, own[each]);
      }
      const now = ownKeys(object);
      for (let each = 0; each < now.length; each++) {
        const name = now[each] ?? '';
        if (isAmong(names, name)) continue;
        say(placeOf(path, name));
        change(object, name, undefined);
      }
      this.#kept[index] = keptOf(object, path);
    }
    return found;
  }

  #walk(object: unknown, path: string, isDeep: boolean, seen: Set<object>): void {
    if (!isObject(object) || seen.has(object)) return;
    seen.add(object);
    const kept = keptOf(object, path);
    this.#kept.push(kept);
    if (!isDeep) return;
    for (const [index, name] of kept.names.entries()) {
      if (name !== 'constructor') this.#walk(kept.own[index]?.value, placeOf(path, name), true, seen);
    }
    this.#walk(Object.getPrototypeOf(object), `the prototype of ${path}`, true, seen);
  }
}

function keptOf(object: object, path: string): Kept {
  const names = ownKeys(object);
  const own: (PropertyDescriptor | undefined)[] = [];
  for (let each = 0; each < names.length; each++) own[each] = getOwnPropertyDescriptor(object, names[each] ?? '');
  return { object, path, names, own, isOpen: isExtensible(object) };
}

/** What no name leads to. */
function hidden(): Readonly<Record<string, object>> {
  const iterator: object = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()));
  return {
    'the prototype of iterators': iterator,
    'the prototype of async functions': Object.getPrototypeOf(async () => {}),
    'the prototype of generators': Object.getPrototypeOf(function* () {}),
    'the prototype of async generators': Object.getPrototypeOf(async function* () {}),
    'the prototype of iterators of lists': Object.getPrototypeOf([][Symbol.iterator]()),
    'the prototype of iterators of maps': Object.getPrototypeOf(new Map().entries()),
    'the prototype of iterators of sets': Object.getPrototypeOf(new Set().values()),
    'the prototype of iterators of texts': Object.getPrototypeOf(''[Symbol.iterator]()),
  };
}

/** The common case, told at once. */
function isAsKept({ object, names, own, isOpen }: Kept): boolean {
  const now = ownKeys(object);
  if (now.length !== names.length || isExtensible(object) !== isOpen) return false;
  for (let each = 0; each < now.length; each++) {
    const name = now[each] ?? '';
    if (name !== names[each] || !isSame(own[each], getOwnPropertyDescriptor(object, name))) return false;
  }
  return true;
}

function isAmong(names: readonly PropertyKey[], name: PropertyKey): boolean {
  for (let each = 0; each < names.length; each++) if (names[each] === name) return true;
  return false;
}

function isSame(one: PropertyDescriptor | undefined, other: PropertyDescriptor | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return (
    is(one.value, other.value) &&
    one.get === other.get &&
    one.set === other.set &&
    one.configurable === other.configurable &&
    one.writable === other.writable
  );
}

function placeOf(path: string, name: PropertyKey): string {
  if (typeof name === 'symbol') return `${path}[${name.description ?? 'symbol'}]`;
  return path === 'globalThis' ? String(name) : `${path}.${String(name)}`;
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
