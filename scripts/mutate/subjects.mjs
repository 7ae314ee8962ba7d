// What can be mutated: the engine, and the standard cards.

/** What holds a function cannot be left out, or the function would be left out with it. */
function isDeclaration(path) {
  if (path.isFunction() || path.getFunctionParent() !== null) return false;
  let hasFunction = false;
  path.traverse({
    Function(inner) {
      hasFunction = true;
      inner.stop();
    },
  });
  return !hasFunction;
}

/** A package, with the folders of it that are mutated, those below `packages` whose tests are asked, and whether cases
 * are asked on a runtime behind the port too. */
export const SUBJECTS = {
  engine: {
    folder: 'packages/engine/src',
    rooms: ['run', 'values', 'plan'],
    // Those of the host are a runtime behind the port.
    tests: ['engine/src', 'host/src/annex', 'host/src/journal', 'host/src/runs'],
    isDurable: true,
    ignorers: [],
    counts: () => true,
  },
  cards: {
    folder: 'packages/cards/src',
    rooms: [
      ...['boolean', 'control', 'date', 'encryption', 'error', 'expression', 'files', 'flow', 'http', 'json', 'jwt'],
      ...['list', 'number', 'object', 'shared', 'tables', 'text', 'url', 'xml'],
    ],
    tests: ['cards/src'],
    isDurable: false,
    // Without its whole definition a card is missed at once.
    counts: ({ mutator, original }) => mutator !== 'ObjectLiteral' || !/\btitle: /.test(original),
    ignorers: [{ shouldIgnore: (path) => (isDeclaration(path) ? 'what a card declares' : undefined) }],
  },
};
