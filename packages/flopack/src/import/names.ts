/** Readable identifiers made of titles. */
import { isUnsafeKey, ROOTS } from '@flowdeck/engine/kit';

const LONGEST_NAME = 48;

/** Words of a title as one identifier in camel case: `Read User` gives `readUser`. Empty when no word is left. */
export function camelCase(title: string): string {
  const words = title
    .normalize('NFKD')
    .replace(/[\u0300-\u036f'’]/g, '')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '');
  let name = '';
  for (const word of words) {
    const next = name === '' ? lowerFirst(word) : word[0]?.toUpperCase() + word.slice(1);
    if (name !== '' && name.length + next.length > LONGEST_NAME) break;
    name += next;
  }
  if (/^\d/.test(name)) name = `_${name}`;
  return name.slice(0, LONGEST_NAME);
}

/** `HTTPRequest` gives `httpRequest`, `URL` gives `url`. */
function lowerFirst(word: string): string {
  const capitals = /^[A-Z]+/.exec(word)?.[0].length ?? 0;
  if (capitals <= 1) return word[0]?.toLowerCase() + word.slice(1);
  const end = capitals === word.length ? capitals : capitals - 1;
  return word.slice(0, end).toLowerCase() + word.slice(end);
}

const RESERVED: ReadonlySet<string> = new Set(ROOTS);

/** Gives out identifiers, each once: `compose`, `compose2`, ... */
export class Names {
  readonly #taken = new Map<string, number>();

  claim(title: string, fallback: string): string {
    let name = camelCase(title);
    if (name === '') name = camelCase(fallback);
    if (name === '') name = 'card';
    // `item2` would look like a second root; `itemCard` does not.
    if (RESERVED.has(name) || isUnsafeKey(name)) name = `${name.replaceAll('_', '')}Card`;
    const stem = /\d$/.test(name) ? `${name}_` : name;
    let count = this.#taken.get(name) ?? 0;
    let unique = name;
    while (this.#taken.has(unique)) unique = `${stem}${++count + 1}`;
    this.#taken.set(name, count);
    this.#taken.set(unique, Math.max(count, this.#taken.get(unique) ?? 0));
    return unique;
  }
}
