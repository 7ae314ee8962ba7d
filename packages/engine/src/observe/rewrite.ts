/** Walking and rewriting trees of any depth and shape, without recursion and without copying what stays the same. */

/** What to do with the parts of a tree. Giving back what came in means: unchanged. */
export interface Rules {
  /** Everything that is neither a list nor a plain object. */
  value(leaf: unknown): unknown;
  key(name: string): string;
}

/** Nodes after which a walk starts to remember where it was: small trees need no memory, shared ones stay linear. */
const SHARING_FROM = 100_000;

/** True for a list or a plain object: what JSON would walk into. */
export function isContainer(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** True when `leaf` is true for some leaf, or `key` for some key. Terminates on cycles too. */
export function someLeaf(
  root: unknown,
  leaf: (value: unknown) => boolean,
  key: (name: string) => boolean = () => false,
): boolean {
  if (!isContainer(root)) return leaf(root);
  const open: object[] = [root];
  const seen = new Set<object>();
  let count = 0;
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (++count > SHARING_FROM) {
      if (seen.has(node)) continue;
      seen.add(node);
    }
    if (Array.isArray(node)) {
      for (let i = 0; i < node.length; i++) {
        const child: unknown = node[i];
        if (isContainer(child)) open.push(child);
        else if (leaf(child)) return true;
      }
    } else {
      for (const name of Object.keys(node)) {
        if (key(name)) return true;
        const child: unknown = Reflect.get(node, name);
        if (isContainer(child)) open.push(child);
        else if (leaf(child)) return true;
      }
    }
  }
  return false;
}

/** Applies the rules everywhere. The same reference when nothing changes, else a rewrittenCopy; the original is never touched. */
export function rewrite(root: unknown, rules: Rules): unknown {
  if (!isContainer(root)) return rules.value(root);
  const changes = someLeaf(
    root,
    (leaf) => !Object.is(rules.value(leaf), leaf),
    (name) => rules.key(name) !== name,
  );
  return changes ? rewrittenCopy(root, rules) : root;
}

/** A container is made before it is filled, so that a cycle finds the rewrittenCopy and depth costs no stack. */
function rewrittenCopy(root: object, rules: Rules): object {
  const copies = new Map<object, object>();
  const open: object[] = [];
  const copyOf = (source: object): object => {
    const known = copies.get(source);
    if (known !== undefined) return known;
    const made: object = Array.isArray(source) ? [] : Object.create(Object.getPrototypeOf(source));
    copies.set(source, made);
    open.push(source);
    return made;
  };
  const result = copyOf(root);
  for (let source = open.pop(); source !== undefined; source = open.pop()) {
    const target = copyOf(source);
    const shown = (child: unknown) => (isContainer(child) ? copyOf(child) : rules.value(child));
    if (Array.isArray(source)) {
      // A list is copied into a list.
      for (let i = 0; i < source.length; i++) (target as unknown[]).push(shown(source[i]));
      continue;
    }
    // Two keys that become the same text must not swallow one another.
    let twins = 1;
    for (const name of Object.keys(source)) {
      const key = rules.key(name);
      let free = key;
      while (Object.hasOwn(target, free)) free = `${key} (${++twins})`;
      // An object is copied into an object.
      defineMember(target as Record<string, unknown>, free, shown(Reflect.get(source, name)));
    }
  }
  return result;
}

/** As an own property: assigning to `__proto__` would change the prototype instead. */
function defineMember(target: Record<string, unknown>, name: string, value: unknown): void {
  if (name !== '__proto__') target[name] = value;
  else Object.defineProperty(target, name, { value, writable: true, enumerable: true, configurable: true });
}
