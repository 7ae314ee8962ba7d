/** Finds where in the text of a JSON file the places stand that JSON Pointers name. */

export interface Position {
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units, as editors count. */
  readonly column: number;
}

/** The wanted pointers as a tree, and where each was found. */
interface Wanted {
  readonly children: Map<string, Wanted>;
  offset: number;
}

interface Level {
  readonly wanted: Wanted | null;
  readonly isList: boolean;
  index: number;
}

/**
 * Positions of pointers in text that is JSON, found in one pass. A member of an object is at its name, an item of a
 * list at its value. A pointer to what is missing gets the place of what is around it.
 */
export function positionsOf(text: string, pointers: readonly string[]): ReadonlyMap<string, Position> {
  const root: Wanted = { children: new Map(), offset: 0 };
  const chains = new Map(pointers.map((pointer) => [pointer, plant(root, pointer)]));
  scan(text, root);
  const found = [...chains].map(([pointer, chain]) => {
    return { pointer, offset: chain.findLast((node) => node.offset >= 0)?.offset ?? 0 };
  });
  return placed(text, found);
}

/** Adds a pointer to the tree. Returns the nodes from the root to its end. */
function plant(root: Wanted, pointer: string): Wanted[] {
  const chain = [root];
  let node = root;
  for (const token of pointer.split('/').slice(1)) {
    const name = token.replaceAll('~1', '/').replaceAll('~0', '~');
    let child = node.children.get(name);
    if (!child) {
      child = { children: new Map(), offset: -1 };
      node.children.set(name, child);
    }
    chain.push(child);
    node = child;
  }
  return chain;
}

/** Walks the text without recursion. Text that is not JSON ends the walk where it stops making sense. */
function scan(text: string, root: Wanted): void {
  const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]|[^\s{}[\],:"]+/gs;
  const levels: Level[] = [];
  /** The node of the value that comes next. */
  let next: Wanted | null = root;
  /** True where the name of a member may stand. */
  let name = false;
  for (let match = tokens.exec(text); match !== null; match = tokens.exec(text)) {
    const token = match[0];
    const level = levels.at(-1);
    if (level?.isList && next === null && token !== ']' && token !== ',') {
      next = level.wanted?.children.get(String(level.index)) ?? null;
      if (next) next.offset = match.index;
    }
    if (token === '{' || token === '[') {
      levels.push({ wanted: next, isList: token === '[', index: 0 });
      name = token === '{';
      next = null;
    } else if (token === '}' || token === ']') {
      levels.pop();
      name = false;
      next = null;
    } else if (token === ',') {
      if (level) level.index++;
      name = level !== undefined && !level.isList;
      next = null;
    } else if (name && token.startsWith('"')) {
      name = false;
      // Names that nobody asks for need not be decoded.
      next =
        level?.wanted && level.wanted.children.size > 0 ? (level.wanted.children.get(decode(token)) ?? null) : null;
      if (next) next.offset = match.index;
    }
  }
}

function decode(token: string): string {
  if (!token.includes('\\')) return token.slice(1, -1);
  try {
    return String(JSON.parse(token));
  } catch {
    return token;
  }
}

function placed(text: string, found: readonly { pointer: string; offset: number }[]): ReadonlyMap<string, Position> {
  const positions = new Map<string, Position>();
  const breaks = /\r\n|\r|\n/g;
  let line = 1;
  let start = 0;
  let ahead = breaks.exec(text);
  for (const { pointer, offset } of [...found].sort((a, b) => a.offset - b.offset)) {
    while (ahead !== null && ahead.index + ahead[0].length <= offset) {
      line++;
      start = ahead.index + ahead[0].length;
      ahead = breaks.exec(text);
    }
    positions.set(pointer, { line, column: offset - start + 1 });
  }
  return positions;
}
