/** One file of a project: a flow file, or an export as the deck that it stands for. Each is read once. */
import type { Diagnostic } from '@flowdeck/engine';
import { isPlainObject, JsonText, ParsedDocument, parseDocument } from '@flowdeck/engine/kit';
import { UsageError } from '../errors.js';
import { readText, STDIN } from '../system/files.js';
import type { Io } from '../system/io.js';
import { extname } from '../system/node.js';
import { type ReadExport, readExport } from './export.js';

export interface ProjectFile {
  /** As the user wrote it, for messages. */
  readonly path: string;
  /** The document, or what is wrong with it, placed in the file. */
  readonly parsed: ParsedDocument;
  /** What else is known of an export. */
  readonly exported: ReadExport | null;
  /** True: the manifest of a connector, alone. Its places are those under `/connector` of the deck. */
  readonly isManifest?: true;
}

/** `packs`: those that the user names. @throws UsageError `file-missing`, `file-unreadable`. What is wrong with the document stands in the result. */
export async function readProjectFile(path: string, io: Io, packs: readonly string[]): Promise<ProjectFile> {
  const name = fileName(path);
  try {
    const json = await readJsonFile(path, io);
    if (!isExport(name, json)) return { path: name, parsed: parseDocument(json), exported: null };
    const exported = await readExport(json, { packs }, io);
    // The deck that an export stands for has places that the export has not; its own diagnostics have theirs.
    const parsed = new ParsedDocument(exported.document, exported.diagnostics, { file: name });
    return { path: name, parsed, exported };
  } catch (error) {
    // That the file holds no text is a fault of the document, not of how the command was used.
    if (!(error instanceof UsageError) || !['file-too-large', 'not-utf8'].includes(error.code)) throw error;
    const { code, message, hint } = error;
    const found: Diagnostic = {
      severity: 'error',
      code,
      message,
      pointer: '',
      ...(hint === undefined ? {} : { hint }),
    };
    return { path: name, parsed: new ParsedDocument(null, [found], { file: name }), exported: null };
  }
}

/** `connector.json` of a connector's directory. @throws UsageError `file-missing`, `file-unreadable`. */
export async function readManifestFile(path: string, io: Io): Promise<ProjectFile> {
  const { readManifest } = await import('@flowdeck/connect');
  return { path, parsed: readManifest(await readJsonFile(path, io), path), exported: null, isManifest: true };
}

/** @throws UsageError `file-missing`, `file-unreadable`, `file-too-large`, `not-utf8`. */
export async function readJsonFile(path: string, io: Io): Promise<JsonText> {
  return new JsonText(await readText(path, io), { file: fileName(path) });
}

/** What a file is called in messages. */
function fileName(path: string): string {
  return path === STDIN ? 'stdin' : path;
}

const EXPORT_EXTENSIONS: ReadonlySet<string> = new Set(['.flopack', '.flow', '.folder']);

export function isExportName(path: string): boolean {
  return EXPORT_EXTENSIONS.has(extname(path).toLowerCase());
}

/** By its name; or, for one that lost its name on the way, by what it says of itself. */
function isExport(path: string, { value }: JsonText): boolean {
  return isExportName(path) || (isPlainObject(value) && value['type'] === 'flopack');
}
