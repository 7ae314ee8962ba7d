// What holds on one Node holds on all: it judges texts, or what another program makes of our files. `.ci/run` tries all of it
// on the first Node, and leaves it out on the next, where `FLOWDECK_ANOTHER_NODE` is set.
import { relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(fileURLToPath(import.meta.url), '../..');

/** Tasks of turbo.json that ask no Node. */
export const TASKS_OF_ANY_NODE = ['typecheck', 'lint', 'check:packages'];

const FILES = [
  // They read sources, pages and declarations.
  /^scripts\/(?:card-codes|card-coverage|card-docs|docs|docs-types|error-docs|house|pages|public-surface|reading|release|sources|time)\.test\.mjs$/,
  // A browser, Deno and Bun run what was built.
  /^scripts\/(?:platforms|workers)\.test\.mjs$/,
  /^packages\/view\/src\/report\/browser\.test\.ts$/,
  // Many files, or many mutants of a few, through plain data in and out.
  /^packages\/flopack\/src\/(?:fuzz|export\/untouched-files)\.test\.ts$/,
];

/** @param file A file of tests. */
export function isOfAnyNode(file) {
  const path = relative(root, resolve(file)).replaceAll('\\', '/');
  return FILES.some((pattern) => pattern.test(path));
}
