/** Tells flows that are nowhere from those that stand, or may stand, in a file that is broken. */
import type { Value } from '@flowdeck/engine';
import { parsePointer, readPointer } from '@flowdeck/engine/kit';
import type { FileDiagnostic } from '../errors.js';
import type { ProjectFile } from './file.js';
import type { Project } from './project.js';

/**
 * Diagnostics of the sound part of a project, without those that only follow from a broken file: a flow that stands in
 * it is not missing. Where a broken file does not tell what it holds, the hint says so.
 */
export function explainMissingFlows(
  found: readonly FileDiagnostic[],
  part: Project,
  project: Project,
): readonly FileDiagnostic[] {
  const absent = project.files.filter((file) => !part.files.includes(file));
  if (absent.length === 0 || !found.some(({ code }) => code === 'unknown-flow')) return found;
  const held = new Set(absent.flatMap((file) => flowIdsIn(file)));
  const silent = absent.filter(({ parsed }) => parsed.json?.value === undefined).map(({ path }) => path);
  return found.flatMap((diagnostic) => {
    if (diagnostic.code !== 'unknown-flow') return [diagnostic];
    const id = valueAt(diagnostic, part);
    if (typeof id === 'string' && held.has(id)) return [];
    return silent.length === 0 ? [diagnostic] : [{ ...diagnostic, hint: `It may stand in ${silent.join(', ')}.` }];
  });
}

/** What a file says of its flows, even if it is no sound document. */
function flowIdsIn({ parsed }: ProjectFile): string[] {
  const value = jsonValue(parsed.document ?? parsed.json?.value);
  const flows = readPointer(value, ['flows']);
  return [value, ...(Array.isArray(flows) ? flows : [])].flatMap((flow) => {
    const id = readPointer(flow, ['id']);
    return typeof id === 'string' ? [id] : [];
  });
}

function valueAt({ file, pointer }: FileDiagnostic, { files }: Project): Value {
  const owner = files.find(({ path }) => path === file);
  return readPointer(jsonValue(owner?.parsed.document), parsePointer(pointer));
}

/** A document, or JSON that was to be one. */
function jsonValue(json: unknown): Value {
  return (json ?? null) as Value; // both are what JSON holds, and that is a value
}
