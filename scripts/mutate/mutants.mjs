// Makes the mutants: every one of them stands in the instrumented source beside the original, and one is switched on at a time.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Instrumenter } from '@stryker-mutator/instrumenter';

/**
 * Instruments the sources that a glob chooses.
 *
 * @param root The folder of the repository.
 * @param subject One of `SUBJECTS`.
 * @param only Globs of files below the sources of the subject, such as `run/*.ts`, with commas between them.
 * @returns `sources`, the instrumented text by file; `mutants`, as `{ id, file, line, column, mutator, original,
 * replacement }`; `ignored`, how many were left out, by reason.
 */
export async function makeMutants(root, { folder: path, rooms, ignorers, counts }, only = '**') {
  const folder = join(root, path);
  const chosen = only.split(',').map(globOf);
  const names = rooms
    .flatMap((room) => readdirSync(join(folder, room)).map((name) => `${room}/${name}`))
    .filter((name) => name.endsWith('.ts') && !/\.(?:test|d)\.ts$/.test(name) && chosen.some((glob) => glob.test(name)))
    .sort();
  const texts = new Map(names.map((name) => [join(folder, name), readFileSync(join(folder, name), 'utf8')]));
  const instrumented = await new Instrumenter(QUIET).instrument(
    [...texts].map(([name, content]) => ({ name, content, mutate: true })),
    { plugins: null, excludedMutations: [], ignorers: [wording, ...ignorers], noHeader: false },
  );
  const ignored = {};
  const mutants = [];
  for (const { id, fileName, location, mutatorName, replacement, status, statusReason } of instrumented.mutants) {
    if (status === 'Ignored') {
      ignored[statusReason] = (ignored[statusReason] ?? 0) + 1;
      continue;
    }
    const mutant = {
      id,
      file: fileName.slice(folder.length + 1),
      line: location.start.line + 1,
      column: location.start.column + 1,
      mutator: mutatorName,
      original: cut(texts.get(fileName), location),
      replacement: squash(replacement),
    };
    if (counts(mutant)) mutants.push(mutant);
  }
  return { sources: new Map(instrumented.files.map(({ name, content }) => [name, content])), mutants, ignored };
}

/** What a message says is nobody's promise; its code is, and is mutated. */
const wording = {
  shouldIgnore({ node, parent, parentPath }) {
    if (node.type === 'ObjectExpression') return isHintOnly(node) ? WORDING : undefined;
    if (node.type !== 'StringLiteral' && node.type !== 'TemplateLiteral') return undefined;
    const isHint = parent.type === 'ObjectProperty' && parent.key.name === 'hint' && parent.value === node;
    const error = parentPath.find((path) => path.isNewExpression() && /Error$/.test(path.node.callee.name ?? ''));
    const isMessage = error !== null && parentPath.node === error.node && error.node.arguments[0] !== node;
    return isHint || isMessage || isSentence(node) ? WORDING : undefined;
  },
};

const WORDING = 'the wording of a message';

/** The details of an error that has a hint and nothing else. */
function isHintOnly({ properties }) {
  return (
    properties.length > 0 && properties.every((each) => each.type === 'ObjectProperty' && each.key.name === 'hint')
  );
}

/** Names, keys and codes have no blanks in them; parts of messages that are put together have. */
function isSentence(node) {
  const text = node.type === 'StringLiteral' ? node.value : node.quasis.map(({ value }) => value.raw).join('x');
  return /[A-Za-z"'`]:? [A-Za-z"'`]/.test(text);
}

/** A glob as a regular expression: `*` stands for a part of a name, `**` for any number of folders. */
export function globOf(glob) {
  const parts = glob.split(/(\*\*\/?|\*)/).map((part) => {
    if (part === '*') return '[^/]*';
    return part.startsWith('**') ? '.*' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${parts.join('')}$`);
}

function cut(text, { start, end }) {
  const lines = text.split('\n').slice(start.line, end.line + 1);
  lines[lines.length - 1] = lines.at(-1).slice(0, end.column);
  lines[0] = lines[0].slice(start.column);
  return squash(lines.join('\n'));
}

function squash(text) {
  return text.replace(/\s+/g, ' ').trim();
}

const silent = () => {};
const QUIET = {
  ...{ trace: silent, debug: silent, info: silent, warn: silent, error: console.error, fatal: console.error },
  ...{ isTraceEnabled: () => false, isDebugEnabled: () => false },
};
