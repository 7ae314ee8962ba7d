// Where a source says more than its types know: `any`, and casts (`x as T`, `<T>x`, `x!`) that give no reason.
import { childrenOf, treeOf } from './imports.mjs';

/** What a cast is a part of: the reason may stand above the whole of it. */
const WHOLE = /Statement$|Declaration$|^(?:Class|Object)\w*(?:Method|Property)$/;
/** What turns a rule of the linter off gives a reason for that, and no other. */
const DIRECTIVE = /^\s*(?:biome-ignore|@ts-)/;
const KINDS = {
  TSAnyKeyword: () => 'any',
  TSAsExpression: ({ typeAnnotation }) => (typeAnnotation.typeName?.name === 'const' ? null : 'as'),
  TSTypeAssertion: () => '<>',
  TSNonNullExpression: () => '!',
  ClassProperty: ({ definite }) => (definite ? '!' : null),
  ClassPrivateProperty: ({ definite }) => (definite ? '!' : null),
  VariableDeclarator: ({ definite }) => (definite ? '!' : null),
};

/**
 * The faults of a source, as `line: what`. A cast gives its reason in a comment on its line, on the lines just above it, or
 * just above the statement or member that it is a part of. A doc comment says what something is for, and is no reason.
 */
export function castFaults(source) {
  const { program, comments } = treeOf(source);
  const reasons = reasonsIn(comments, source.split('\n'));
  const faults = [];
  const seek = (node, whole) => {
    const kind = KINDS[node.type]?.(node) ?? null;
    const line = (node.typeAnnotation ?? node).loc.end.line;
    if (kind === 'any' || (kind !== null && !isReasoned(reasons, whole.loc.start.line, line)))
      faults.push(`${line}: ${kind}`);
    for (const child of childrenOf(node)) seek(child, WHOLE.test(child.type) ? child : whole);
  };
  for (const statement of program.body) seek(statement, statement);
  return faults;
}

/** The lines on which a reason ends: alone, or behind code. */
function reasonsIn(comments, lines) {
  const alone = new Set();
  const behind = new Set();
  for (const { type, value, loc } of comments) {
    if (DIRECTIVE.test(value) || (type === 'CommentBlock' && value.startsWith('*'))) continue;
    const isAlone = lines[loc.start.line - 1].slice(0, loc.start.column).trim() === '';
    (isAlone ? alone : behind).add(loc.end.line);
  }
  return { alone, behind };
}

function isReasoned({ alone, behind }, first, line) {
  for (let at = first - 1; at <= line; at++) if (alone.has(at)) return true;
  return behind.has(line);
}
