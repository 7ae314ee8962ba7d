/** The content of a file that a card was given. */
import { type CardContext, type FileRef, RunError } from '@flowdeck/engine';
import type { CardsCode } from '../codes.js';

export const FILE_ERRORS = {
  'file-missing': 'There is no such file.',
} as const;

/** @throws RunError `file-missing` */
export async function fileContent(file: FileRef, ctx: CardContext): Promise<AsyncIterable<Uint8Array>> {
  const content = await ctx.files.read(file.id);
  if (content === null) throw fileMissing(file);
  return content;
}

export function fileMissing(file: FileRef): RunError {
  return new RunError<CardsCode>('file-missing', `There is no file "${file.name.slice(0, 100)}".`, {
    at: { field: 'file' },
    hint: 'Give the file output of an earlier card. Files of a store in memory end with the process.',
  });
}
