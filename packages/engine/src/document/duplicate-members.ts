/** Finds names that stand twice in one object of JSON text: of two members the last counts, and the other is lost without a word. */
import { formatPointer, lineReader, type Position, QUOTE, scanJson } from '../values/index.js';
import type { Diagnostics } from './diagnostics.js';

export interface DuplicateMember {
  readonly name: string;
  /** JSON Pointer to it. */
  readonly pointer: string;
  /** Where the member stands that counts, and where the one that does not. */
  readonly at: Position;
  readonly first: Position;
}

/** More than these help nobody further. */
const MOST_FOUND = 100;

/**
 * RFC 8259, 4: names within an object should be unique. Text that has none is mostly told by counting, without its places.
 *
 * @param text Text that is known to be JSON.
 * @param members How many the objects have that `JSON.parse` made of it: `countMembers`.
 */
export function duplicateMembers(text: string, members: number): readonly DuplicateMember[] {
  return membersAtMost(text) === members ? [] : findDuplicates(text);
}

/** Reports `duplicate-member`. */
export function reportDuplicates(text: string, members: number, diagnostics: Diagnostics): void {
  for (const { name, pointer, at, first } of duplicateMembers(text, members)) {
    diagnostics.add({
      code: 'duplicate-member',
      pointer,
      message: `"${name.slice(0, 80)}" stands twice in this object, and the one of line ${first.line} would be lost.`,
      hint: 'Keep one of the two, or rename one.',
      ...at,
    });
  }
}

/** White space between a name and its colon: space, tab and line ends. */
const isBlank = (unit: number): boolean => unit === 32 || unit === 9 || unit === 10 || unit === 13;

/**
 * Colons that follow a quotation mark: after the name of each member stands one. A text that begins with a colon counts,
 * too: such documents are read member by member.
 */
function membersAtMost(text: string): number {
  let members = 0;
  for (let at = text.indexOf(':'); at !== -1; at = text.indexOf(':', at + 1)) {
    let before = at - 1;
    while (isBlank(text.charCodeAt(before))) before--;
    if (text.charCodeAt(before) === QUOTE) members++;
  }
  return members;
}

/** Members of all objects in what was read from JSON. */
export function countMembers(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let members = 0;
  if (Array.isArray(value)) {
    for (const item of value) if (typeof item === 'object') members += countMembers(item);
    return members;
  }
  for (const item of Object.values(value)) members += typeof item === 'object' ? 1 + countMembers(item) : 1;
  return members;
}

function findDuplicates(text: string): readonly DuplicateMember[] {
  // Editors do not show a byte order mark.
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const path: (string | number)[] = [];
  /** Names of the open objects and where each stands first, from the outside in; null until there is one. */
  const names: (Map<string, number> | null)[] = [null];
  const found: { readonly name: string; readonly pointer: string; readonly offset: number; readonly first: number }[] =
    [];
  scanJson(body, {
    listener: {
      enter(key, offset) {
        path.push(key);
        const level = names.length - 1;
        if (typeof key === 'string') {
          const known = names[level] ?? new Map<string, number>();
          names[level] = known;
          const first = known.get(key);
          if (first === undefined) known.set(key, offset);
          else if (found.length < MOST_FOUND) found.push({ name: key, pointer: formatPointer(path), offset, first });
        }
        names.push(null);
      },
      leave() {
        path.pop();
        names.pop();
      },
    },
  });
  if (found.length === 0) return [];
  const positionAt = lineReader(body);
  return found.map(({ name, pointer, offset, first }) => ({
    name,
    pointer,
    at: positionAt(offset),
    first: positionAt(first),
  }));
}
