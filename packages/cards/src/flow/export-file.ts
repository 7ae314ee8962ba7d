/** What Export Flow and Export Folder share: their layout options, and the writing of the file. */
import { type CardContext, type FileRef, type FlowFile, printDocument } from '@flowdeck/engine';

const LEAST_INDENT = 1;
const MOST_INDENT = 8;

export const LAYOUT = [
  {
    key: 'pretty',
    type: 'boolean',
    label: 'JSON Pretty Print?',
    description: 'True: with indented lines. False: all on one line.',
    required: true,
    default: false,
  },
  {
    key: 'indent',
    type: 'number',
    label: 'Number of Indented Spaces',
    description: '1 to 8; what lies outside counts as the nearest of the two.',
    required: true,
    default: 2,
  },
] as const;

export const EXPORTED = [
  { key: 'file', type: 'file', label: 'File Content', description: 'The file.' },
  { key: 'filename', type: 'text', label: 'Filename', description: 'Its name.' },
  { key: 'size', type: 'number', label: 'Size', description: 'Bytes.' },
] as const;

export async function exportFile(
  source: FlowFile,
  filename: string,
  pretty: boolean,
  indent: number,
  ctx: CardContext,
): Promise<{ file: FileRef; filename: string; size: number }> {
  // Printed first: the canonical order of keys makes two exports of one document the same.
  const document: unknown = JSON.parse(printDocument(source));
  const spaces = Math.min(Math.max(Math.floor(indent), LEAST_INDENT), MOST_INDENT);
  const bytes = new TextEncoder().encode(`${JSON.stringify(document, null, pretty ? spaces : 0)}\n`);
  const file = await ctx.files.put({ name: filename, mediaType: 'application/json' }, bytes);
  return { file, filename, size: bytes.length };
}
