/** `flowdeck diff`: what changed between two decks, in terms of flows and cards. */
import type { DeckDocument } from '@flowdeck/engine';
import type { Change } from '@flowdeck/flopack';
import type { ReviewedDecks } from '@flowdeck/view';
import type { Arguments } from '../arguments.js';
import type { Command } from '../command.js';
import { knownCards } from '../engine/engine.js';
import { UsageError } from '../errors.js';
import { EXIT } from '../exit.js';
import { atRevision } from '../git/at-revision.js';
import { paletteFor } from '../output/colour.js';
import { diffText } from '../output/diff.js';
import { prettyJson } from '../output/text.js';
import { readProject } from '../project/read.js';
import { didYouMean } from '../suggest.js';
import { writeText } from '../system/files.js';
import type { Io } from '../system/io.js';

/** What `--fail-on` takes. */
const FAILURES = ['breaking', 'any'];
/** What `--format` takes. */
const OUTPUT_FORMATS = ['text', 'markdown'];

export const diff: Command = async (args, io) => {
  const failOn = chosen(args, 'fail-on', FAILURES, 'fail-on-option');
  const format = chosen(args, 'format', OUTPUT_FORMATS, 'unknown-format') ?? 'text';
  const { names, before, after } = await readBoth(args, io);
  const { diffDocuments } = await import('@flowdeck/flopack');
  const changes = diffDocuments(before, after);
  const breaking = changes.filter((change) => change.breaking).length;
  const decks = async (): Promise<ReviewedDecks> => {
    const cards = new Map((await knownCards([], io)).map((card) => [card.id, card]));
    return { names, before, after, changes, card: (id) => cards.get(id) };
  };
  const report = args.value('report');
  if (report !== undefined) {
    const { reviewOf } = await import('@flowdeck/view');
    writeText(report, reviewOf(await decks()), io);
    io.stderr.write(`report: ${report}\n`);
  }
  if (args.has('json')) {
    io.stdout.write(`${prettyJson({ equal: changes.length === 0, breaking, changes: changes.map(changeData) })}\n`);
  } else if (format === 'markdown') {
    const { reviewMarkdown } = await import('@flowdeck/view');
    io.stdout.write(reviewMarkdown(await decks()));
  } else io.stdout.write(diffText(changes, breaking, paletteFor(io.stdout, io.env)));
  const fails = failOn === 'any' ? changes.length > 0 : failOn === 'breaking' && breaking > 0;
  return fails ? EXIT.failed : EXIT.ok;
};

/** Null: the option was not given. */
function chosen(
  args: Arguments,
  name: string,
  known: readonly string[],
  code: 'fail-on-option' | 'unknown-format',
): string | null {
  const value = args.value(name);
  if (value === undefined || known.includes(value)) return value ?? null;
  throw new UsageError(code, `--${name} ${JSON.stringify(value)} is not known.`, {
    hint: didYouMean(value, known) ?? `Write one of: ${known.join(', ')}.`,
  });
}

type Both = Pick<ReviewedDecks, 'names'> & { readonly before: DeckDocument; readonly after: DeckDocument };

/** A deck in which nothing is. */
const NOTHING: DeckDocument = { flowdeck: 1, flows: [] };

/** Two files; or, with `--git`, a revision of one and what it is now. */
async function readBoth(args: Arguments, io: Io): Promise<Both> {
  const [first = '', second] = args.operands;
  const revision = args.value('git');
  if (revision !== undefined) {
    if (second !== undefined) {
      throw new UsageError('operands', 'With --git there is one file or directory.', {
        hint: 'Usage: flowdeck diff --git REV FILE|DIR',
      });
    }
    const before = await atRevision(revision, first, io, async ({ path, cwd }) =>
      path === null ? NOTHING : (await readProject(path, { ...io, cwd })).deck,
    );
    return { names: { before: revision, after: first }, before, after: (await readProject(first, io)).deck };
  }
  if (second === undefined) {
    throw new UsageError('operands', '"flowdeck diff" needs two flow files.', {
      hint: 'Usage: flowdeck diff BEFORE AFTER, or flowdeck diff --git REV FILE|DIR',
    });
  }
  const names = { before: first, after: second };
  return { names, before: (await readProject(first, io)).deck, after: (await readProject(second, io)).deck };
}

function changeData({ before, after, ...change }: Change) {
  return { ...change, before: before ?? null, after: after ?? null };
}
