// What a module imports, read by a parser: types, re-exports, `import()` and `import('...').T` included.
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parse } from '@babel/parser';

/** The specifiers that a source names, in order, each once. `import(name)` names none. */
export function importsOf(source) {
  const found = new Set();
  visit(
    parse(source, { sourceType: 'module', plugins: ['typescript'], createImportExpressions: true }).program,
    (node) => {
      const named = specifierOf(node);
      if (named?.type === 'StringLiteral') found.add(named.value);
    },
  );
  return [...found];
}

/** The node that holds the specifier, if this one imports. */
function specifierOf(node) {
  switch (node.type) {
    case 'TSImportType':
      return node.argument.type === 'TSLiteralType' ? node.argument.literal : node.argument;
    case 'TSExternalModuleReference':
      return node.expression;
    default:
      // ImportDeclaration, ExportNamedDeclaration, ExportAllDeclaration, ImportExpression
      return node.source;
  }
}

function visit(node, see) {
  see(node);
  for (const child of Object.values(node)) {
    for (const part of Array.isArray(child) ? child : [child]) if (typeof part?.type === 'string') visit(part, see);
  }
}

/** The name of the package that a specifier leads to; null for a file, or a module of Node. */
export function packageOf(specifier) {
  if (/^\.|^node:/.test(specifier)) return null;
  const [scope, name] = specifier.split('/');
  return scope.startsWith('@') ? `${scope}/${name}` : scope;
}

/** The sources that a source leads to by relative imports, itself included. */
export function reachableFrom(entry) {
  const reached = new Map();
  const open = [entry];
  for (let file = open.pop(); file; file = open.pop()) {
    if (reached.has(file) || !file.endsWith('.ts')) continue;
    const specifiers = importsOf(readFileSync(file, 'utf8'));
    reached.set(file, specifiers);
    for (const specifier of specifiers) {
      if (specifier.startsWith('.')) open.push(resolve(dirname(file), specifier.replace(/\.js$/, '.ts')));
    }
  }
  return reached;
}
