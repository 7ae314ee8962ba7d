/** Which cases are run: by what the user asks for, and by what the files say. */
import type { Case } from '@flowdeck/testing';
import type { Arguments } from '../arguments.js';
import { UsageError } from '../errors.js';
import type { Io } from '../system/io.js';
import type { TestFile } from './files.js';

export interface ChosenCase {
  readonly file: TestFile;
  readonly entry: Case;
  readonly line: number;
}

/** @throws UsageError `test-option`, `only-in-ci`. */
export function chooseCases(files: readonly TestFile[], args: Arguments, io: Io): readonly ChosenCase[] {
  const all = files.flatMap((file) =>
    file.suite.cases.map((entry, index): ChosenCase => ({ file, entry, line: file.lines[index] ?? 1 })),
  );
  const marked = all.filter(({ entry }) => entry.only === true);
  if (marked[0] !== undefined && isCi(io)) {
    const { file, entry } = marked[0];
    throw new UsageError('only-in-ci', `${file.path}: the case ${JSON.stringify(entry.id)} is marked "only".`, {
      at: { file: file.path },
      hint: 'Take "only" out: in CI it would leave out the other cases in silence.',
    });
  }
  const filter = args.value('filter') ?? '';
  const tags = args.values('tag');
  const wanted = (marked.length > 0 ? marked : all).filter(
    ({ file, entry }) =>
      `${file.suite.suite}/${entry.id}`.includes(filter) &&
      (tags.length === 0 || tags.some((tag) => entry.tags?.includes(tag) === true)),
  );
  const shard = readShard(args.value('shard'));
  return shard === null ? wanted : wanted.filter((_, index) => index % shard.of === shard.at - 1);
}

/** True where a run is nobody's own: what it writes nobody would see. */
export function isCi({ env }: Io): boolean {
  const { CI: ci = '' } = env;
  return ci !== '' && ci !== 'false' && ci !== '0';
}

function readShard(written: string | undefined): { readonly at: number; readonly of: number } | null {
  if (written === undefined) return null;
  const [, at = '', of = ''] = /^(\d{1,4})\/(\d{1,4})$/.exec(written) ?? [];
  if (Number(at) >= 1 && Number(at) <= Number(of)) return { at: Number(at), of: Number(of) };
  throw new UsageError('test-option', `--shard ${JSON.stringify(written)} is not AT/OF.`, {
    hint: 'Write --shard 2/5 for the second of five parts.',
  });
}
