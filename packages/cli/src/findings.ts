/** Gives diagnostics their place in a file: line and column. */
import type { Diagnostic } from '@flowdeck/engine';
import type { Finding } from './errors.js';
import type { Merged } from './merge.js';
import { type Position, positionsOf } from './positions.js';
import type { Source } from './source.js';

/** The way from a place in a deck to the place in a file that it comes from. */
export type Places = Pick<Merged, 'origin'>;

export function placeFindings(diagnostics: readonly Diagnostic[], source: Source, merged: Places | null): Finding[] {
  if (diagnostics.length === 0) return [];
  const places = diagnostics.map(({ pointer }) => merged?.origin(pointer) ?? { file: 0, pointer });
  const positions = source.map(({ text, imported }, index) => {
    // The deck that an export stands for has places that the export has not.
    if (imported) return new Map<string, Position>();
    const pointers = places.filter((place) => place.file === index).map((place) => place.pointer);
    return pointers.length === 0 ? new Map<string, Position>() : positionsOf(text, pointers);
  });
  return diagnostics.map((diagnostic, index) => {
    const { file = 0, pointer = '' } = places[index] ?? {};
    const path = source[file]?.path ?? '';
    const syntax = syntaxPlace(diagnostic.message, path);
    if (syntax) return { ...diagnostic, ...syntax, file: path };
    const { line = null, column = null } = positions[file]?.get(pointer) ?? {};
    return { ...diagnostic, pointer, file: path, line, column };
  });
}

export function positionIn(
  source: Source,
  merged: Places | null,
  pointer: string,
): Pick<Finding, 'file' | 'line' | 'column'> {
  const place = merged?.origin(pointer) ?? { file: 0, pointer };
  const file = source[place.file];
  if (file?.imported) return { file: file.path, line: null, column: null };
  const { line = null, column = null } = (file && positionsOf(file.text, [place.pointer]).get(place.pointer)) ?? {};
  return { file: file?.path ?? '', line, column };
}

/** The reader of JSON says in its message where it stopped; its pointer only leads to what is around the fault. */
function syntaxPlace(message: string, path: string): Pick<Finding, 'message' | 'line' | 'column'> | null {
  const at = message.lastIndexOf(` (${path}, line `);
  const numbers = at < 0 ? null : /, line (\d+), column (\d+)\)\.$/.exec(message.slice(at));
  if (!numbers) return null;
  return { message: `${message.slice(0, at)}.`, line: Number(numbers[1]), column: Number(numbers[2]) };
}
