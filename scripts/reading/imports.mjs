// What a module imports and declares, read by a parser: types, re-exports, `import()` and `import('...').T` included.
import { parse } from '@babel/parser';

/**
 * The imports of a source, in order, as `{ from, isType, isLazy }`: types alone are gone when it runs, and `import()`
 * loads later. `import(name)` names nothing.
 */
export function importsOf(source) {
  const found = [];
  visit(treeOf(source).program, (node) => {
    const from = READERS[node.type]?.(node);
    if (from?.type === 'StringLiteral')
      found.push({ from: from.value, isType: isType(node), isLazy: node.type === 'ImportExpression' });
  });
  return found;
}

/** The names that a source declares at its top: functions, classes, types, constants. An overloaded one counts once. */
export function namesOf(source) {
  const found = new Set();
  for (const statement of treeOf(source).program.body) {
    const node = statement.declaration ?? statement;
    if (node.id?.type === 'Identifier') found.add(node.id.name);
    for (const { id } of node.declarations ?? []) for (const name of boundBy(id)) found.add(name);
  }
  return [...found];
}

/** The names that a pattern binds: one, or those of a destructuring. */
function boundBy(pattern) {
  const names = [];
  const add = (part) => {
    if (part === null) return;
    if (part.type === 'Identifier') names.push(part.name);
    else if (part.type === 'ObjectPattern') for (const each of part.properties) add(each.value ?? each.argument);
    else if (part.type === 'ArrayPattern') for (const each of part.elements) add(each);
    else add(part.left ?? part.argument);
  };
  add(pattern);
  return names;
}

/** The syntax tree of a source, with its comments. */
export function treeOf(source) {
  return parse(source, { sourceType: 'module', plugins: ['typescript'], createImportExpressions: true });
}

/** The node that holds the specifier, by the kinds of nodes that import. */
const READERS = {
  ImportDeclaration: (node) => node.source,
  ExportNamedDeclaration: (node) => node.source,
  ExportAllDeclaration: (node) => node.source,
  ImportExpression: (node) => node.source,
  TSImportType: (node) => node.argument.literal ?? node.argument,
  TSExternalModuleReference: (node) => node.expression,
};

function isType(node) {
  if (node.type === 'TSImportType' || node.importKind === 'type' || node.exportKind === 'type') return true;
  const names = node.specifiers ?? [];
  return names.length > 0 && names.every((name) => name.importKind === 'type' || name.exportKind === 'type');
}

function visit(node, see) {
  see(node);
  for (const child of childrenOf(node)) visit(child, see);
}

/** The nodes right below one. Comments are none. */
export function childrenOf(node) {
  return Object.entries(node).flatMap(([key, value]) =>
    key.endsWith('Comments') ? [] : [value].flat().filter((part) => typeof part?.type === 'string'),
  );
}

/** The name of the package that a specifier leads to; null for a file, and for a module of Node. */
export function packageOf(specifier) {
  if (/^(?:\.|node:)/.test(specifier)) return null;
  const [scope, name] = specifier.split('/');
  return scope.startsWith('@') ? `${scope}/${name}` : scope;
}
