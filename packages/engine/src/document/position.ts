/** Where in the text of a JSON file the places stand that JSON Pointers name. */
import { type JsonListener, lineReader, type Position, parsePointer, scanJson } from '../values/index.js';

/**
 * Positions of JSON Pointers in JSON text, found in one pass. A member of an object is at its name, an item of a list at
 * its value. A pointer to what is missing gets the position of what is around it. Text that stops being JSON is looked
 * through up to there.
 *
 * @example
 * positionsOf('{\n  "cards": []\n}', ['/cards']).get('/cards'); // { line: 2, column: 3 }
 */
export function positionsOf(text: string, pointers: Iterable<string>): ReadonlyMap<string, Position> {
  // Editors do not show a byte order mark.
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const root: Wanted = { children: new Map(), offset: 0 };
  const chains = new Map<string, readonly Wanted[]>();
  for (const pointer of pointers) chains.set(pointer, plant(root, pointer));
  scanJson(body, { listener: finder(root) });
  const positionAt = lineReader(body);
  const positions = new Map<string, Position>();
  for (const [pointer, chain] of chains) {
    positions.set(pointer, positionAt(chain.findLast((node) => node.offset >= 0)?.offset ?? 0));
  }
  return positions;
}

/** The wanted pointers as a tree, and where each was found: -1 before. */
interface Wanted {
  readonly children: Map<string, Wanted>;
  offset: number;
}

/** Adds a pointer to the tree. Returns the nodes from the root to its end. */
function plant(root: Wanted, pointer: string): readonly Wanted[] {
  const chain = [root];
  let node = root;
  for (const token of parsePointer(pointer)) {
    let child = node.children.get(token);
    if (!child) {
      child = { children: new Map(), offset: -1 };
      node.children.set(token, child);
    }
    chain.push(child);
    node = child;
  }
  return chain;
}

/** Notes where the wanted places are. Of two members with one name the last counts, as for every reader of JSON. */
function finder(root: Wanted): JsonListener {
  const path: (Wanted | null)[] = [root];
  return {
    enter(key, offset) {
      const around = path.at(-1) ?? null;
      const wanted = around === null || around.children.size === 0 ? null : around.children.get(String(key));
      if (wanted) wanted.offset = offset;
      path.push(wanted ?? null);
    },
    leave: () => void path.pop(),
  };
}
