/** What stood at a path in a revision of git: its files, put into a directory that is removed again. */
import { UsageError } from '../errors.js';
import { isFlowFileName } from '../system/files.js';
import type { Io } from '../system/io.js';
import { basename, join, rmSync, writeFileSync } from '../system/node.js';

/** What became of the path since the revision. */
export interface AtRevision {
  /** Where it lies now: for a command that is run there. Null: the revision has nothing at the path. */
  readonly path: string | null;
  /** The directory that holds it. */
  readonly cwd: string;
}

/**
 * Gives `use` the path as the revision has it. Nothing of the repository is touched.
 *
 * @throws UsageError `git-failed`: no git, no repository, no such revision.
 */
export async function atRevision<T>(
  revision: string,
  path: string,
  io: Io,
  use: (found: AtRevision) => Promise<T>,
): Promise<T> {
  // A revision that looks like an option would be one.
  if (revision === '' || revision.startsWith('-')) throw refused(`There is no revision ${JSON.stringify(revision)}.`);
  const commit = git(['rev-parse', '--verify', '--quiet', `${revision}^{commit}`], io);
  if (commit === null) throw refused(`There is no revision ${JSON.stringify(revision)}.`);
  const { mkdtempSync } = process.getBuiltinModule('node:fs');
  const folder = mkdtempSync(join(process.getBuiltinModule('node:os').tmpdir(), 'flowdeck-git-'));
  try {
    return await use({ path: extract(commit.toString('utf8').trim(), path, folder, io), cwd: folder });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The name under which the path lies in the folder. */
function extract(commit: string, path: string, folder: string, io: Io): string | null {
  const from = inRepository(path, io);
  const kind = git(['cat-file', '-t', `${commit}:${from}`], io)
    ?.toString('utf8')
    .trim();
  if (kind === undefined) return null;
  const name = basename(from) === '' ? 'repository' : basename(from);
  if (kind === 'blob') {
    writeFileSync(join(folder, name), git(['cat-file', 'blob', `${commit}:${from}`], io) ?? '');
    return name;
  }
  const entries = git(['ls-tree', '-z', '--name-only', `${commit}:${from}`], io)?.toString('utf8') ?? '';
  const { mkdirSync } = process.getBuiltinModule('node:fs');
  mkdirSync(join(folder, name));
  for (const entry of entries.split('\0').filter(isFlowFileName)) {
    const inside = from === '' ? entry : `${from}/${entry}`;
    writeFileSync(join(folder, name, entry), git(['cat-file', 'blob', `${commit}:${inside}`], io) ?? '');
  }
  return name;
}

/** The path from the top of the repository, with slashes. */
function inRepository(path: string, io: Io): string {
  const { relative, resolve, sep } = process.getBuiltinModule('node:path');
  const { realpathSync } = process.getBuiltinModule('node:fs');
  const top = git(['rev-parse', '--show-toplevel'], io)?.toString('utf8').trim();
  if (top === undefined) throw refused('This is no repository of git.');
  const from = relative(realpathSync(top), resolve(realpathSync(io.cwd), path))
    .split(sep)
    .join('/');
  if (from.startsWith('..')) throw refused(`${JSON.stringify(path)} is outside of the repository.`);
  return from;
}

/** What git prints; null when it says no. @throws UsageError `git-failed` where there is no git. */
function git(args: readonly string[], io: Io): Buffer | null {
  // No argument of a process can hold this one.
  if (args.some((arg) => arg.includes('\0'))) return null;
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  const { status, stdout, error } = spawnSync('git', [...args], { cwd: io.cwd, maxBuffer: MOST_BYTES });
  if (error !== undefined) throw refused(`git could not be run: ${error.message}`);
  return status === 0 ? stdout : null;
}

/** As much as the command reads of a file. */
const MOST_BYTES = 64 * 1024 * 1024;

function refused(message: string): UsageError {
  return new UsageError('git-failed', message, {
    hint: 'Run it inside of a repository, with a revision that is there: HEAD, a branch, a commit. A shallow copy may lack it.',
  });
}
