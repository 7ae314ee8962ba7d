/** Reads what a path leads to: a flow file, a directory of them or of a connector, an export, standard input. */
import { UsageError } from '../errors.js';
import { FLOWS, flowFiles, isConnector, isDirectory, kindOf, MANIFEST } from '../system/files.js';
import type { Io } from '../system/io.js';
import { join } from '../system/node.js';
import { readManifestFile, readProjectFile } from './file.js';
import { isFilled, Project } from './project.js';

/**
 * Files that are broken are part of the project: what is wrong with them stands in its diagnostics. `packs`: those that the
 * user names, for exports.
 *
 * @throws UsageError `file-missing`, `file-unreadable`, `no-flows` (a directory without flow files).
 */
export async function readProject(path: string, io: Io, packs: readonly string[] = []): Promise<Project> {
  if (kindOf(path, io) === 'file') return new Project([await readProjectFile(path, io, packs)]);
  if (isConnector(path, io)) return readConnector(path, io);
  const files = await Promise.all(flowFiles(path, io).map((each) => readProjectFile(each, io, packs)));
  if (isFilled(files)) return new Project(files);
  throw new UsageError('no-flows', `The directory ${JSON.stringify(path)} holds no flow files.`, {
    at: { file: path },
    hint: 'Flow files are named *.flow.json and lie directly in the directory.',
  });
}

/** A connector that is a directory: its manifest first, then its flows. */
async function readConnector(path: string, io: Io): Promise<Project> {
  const manifest = await readManifestFile(join(path, MANIFEST), io);
  const flows = join(path, FLOWS);
  const names = isDirectory(flows, io) ? flowFiles(flows, io) : [];
  return new Project([manifest, ...(await Promise.all(names.map((each) => readProjectFile(each, io, []))))]);
}
