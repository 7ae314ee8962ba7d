/** Walks JSONata's syntax tree for what has to be known before it is evaluated. */

export interface Inspection {
  readonly hasRegex: boolean;
  /** Names of variables that are read: `$x` gives `x`, `$` gives the empty name. */
  readonly variables: ReadonlySet<string>;
  /** Names of variables that the expression itself binds. */
  readonly bound: ReadonlySet<string>;
  /** Pattern nodes of transforms. */
  readonly patterns: ReadonlySet<unknown>;
  /** Number of nodes. */
  readonly size: number;
}

/** Visits every object of the tree once, whatever it is called: JSONata's tree has more shapes than its types say. */
export function inspectTree(tree: unknown): Inspection {
  const seen = new Set<unknown>();
  const variables = new Set<string>();
  const bound = new Set<string>();
  const patterns = new Set<unknown>();
  let hasRegex = false;
  const pending: unknown[] = [tree];
  while (pending.length > 0) {
    const node = pending.pop();
    if (typeof node !== 'object' || node === null || seen.has(node)) continue;
    seen.add(node);
    if (node instanceof RegExp) hasRegex = true;
    // Of any object a property may be asked.
    const { type, value, pattern, lhs, arguments: parameters } = node as Readonly<Record<string, unknown>>;
    if (type === 'regex') hasRegex = true;
    if (type === 'variable') variables.add(String(value));
    if (type === 'transform') patterns.add(pattern);
    if (type === 'bind') addName(lhs, bound);
    if (type === 'lambda' && Array.isArray(parameters)) for (const parameter of parameters) addName(parameter, bound);
    for (const part of Object.values(node)) pending.push(part);
  }
  return { hasRegex, variables, bound, patterns, size: seen.size };
}

function addName(node: unknown, names: Set<string>): void {
  if (typeof node === 'object' && node !== null && 'value' in node) names.add(String(node.value));
}
