// What a module imports, read by a parser: types, re-exports, `import()` and `import('...').T` included.
import { parse } from '@babel/parser';

/**
 * The imports of a source, in order, as `{ from, isType, isLazy }`: types alone are gone when it runs, and `import()`
 * loads later. `import(name)` names nothing.
 */
export function importsOf(source) {
  const found = [];
  const options = { sourceType: 'module', plugins: ['typescript'], createImportExpressions: true };
  visit(parse(source, options).program, (node) => {
    const from = READERS[node.type]?.(node);
    if (from?.type === 'StringLiteral')
      found.push({ from: from.value, isType: isType(node), isLazy: node.type === 'ImportExpression' });
  });
  return found;
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
  for (const child of Object.values(node))
    for (const part of Array.isArray(child) ? child : [child]) if (typeof part?.type === 'string') visit(part, see);
}

/** The name of the package that a specifier leads to; null for a file, and for a module of Node. */
export function packageOf(specifier) {
  if (/^(?:\.|node:)/.test(specifier)) return null;
  const [scope, name] = specifier.split('/');
  return scope.startsWith('@') ? `${scope}/${name}` : scope;
}
