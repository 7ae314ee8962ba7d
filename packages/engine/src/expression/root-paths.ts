/** Finds in JSONata's syntax tree what an expression reads of its root, as far as that is certain. */

/** A root name, and the names after it up to the first index or filter. */
export type RootPath = readonly [root: string, ...segments: string[]];

type TreeNode = Readonly<Record<string, unknown>>;

/** Parts that are evaluated where their owner is. All others, such as filters and transforms, see something else. */
const SAME_CONTEXT = [
  'lhs',
  'rhs',
  'condition',
  'then',
  'else',
  'expression',
  'expressions',
  'arguments',
  'procedure',
  'body',
] as const;

/** Paths inside filters, after the first step of a path, and in transforms are left out: they begin at items. */
export function rootPaths(tree: unknown): readonly RootPath[] {
  const found: RootPath[] = [];
  // Not by recursion: a chain of operators nests as deep as it is long.
  const pending: unknown[] = [tree];
  while (pending.length > 0) {
    const node = pending.pop();
    if (Array.isArray(node)) pending.push(...node);
    if (!isTreeNode(node) || node['type'] === 'transform') continue;
    if (node['type'] === 'path') {
      const steps: readonly unknown[] = Array.isArray(node['steps']) ? node['steps'] : [];
      const path = namesOf(standsForRoot(steps[0]) ? steps.slice(1) : steps);
      if (path !== null) found.push(path);
      else if (!standsForRoot(steps[0])) pending.push(steps[0]);
    } else for (const part of SAME_CONTEXT) pending.push(node[part]);
  }
  return found.reverse();
}

/** Null when the path does not begin with a name. */
function namesOf(steps: readonly unknown[]): RootPath | null {
  const names: string[] = [];
  for (const step of steps) {
    if (!isTreeNode(step) || step['type'] !== 'name') break;
    names.push(String(step['value']));
    // An index or a filter.
    if (step['stages'] !== undefined || step['predicate'] !== undefined) break;
  }
  const [root, ...segments] = names;
  return root === undefined ? null : [root, ...segments];
}

/** `$$`, and `$` where nothing else is looked at. */
function standsForRoot(node: unknown): boolean {
  return isTreeNode(node) && node['type'] === 'variable' && (node['value'] === '$' || node['value'] === '');
}

function isTreeNode(value: unknown): value is TreeNode {
  return typeof value === 'object' && value !== null;
}
