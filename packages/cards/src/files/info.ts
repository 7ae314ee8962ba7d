/** Info: what is known of a file. */
import { defineCard } from '@flowdeck/engine';
import { FILE_ERRORS, fileMissing } from './content.js';

export const info = defineCard({
  id: 'files.info',
  title: 'Info',
  description: 'Gives name, extension, size and times of a file.',
  kind: 'effect',
  inputs: [{ key: 'file', type: 'file', label: 'File Content', description: 'The file.', required: true }],
  outputs: [
    { key: 'filename', type: 'text', label: 'Filename', description: 'Its name, with the extension.' },
    {
      key: 'extension',
      type: 'text',
      label: 'Extension',
      description: 'What follows the last dot of the name, without the dot. Empty when there is none.',
    },
    { key: 'size', type: 'number', label: 'Size', description: 'Bytes.' },
    { key: 'created', type: 'date', label: 'Created', description: 'When the file was made.' },
    { key: 'updated', type: 'date', label: 'Updated', description: 'When it was last written.' },
  ],
  errors: FILE_ERRORS,
  examples: [
    {
      in: { file: 'file-1' },
      out: {
        filename: 'report.csv',
        extension: 'csv',
        size: 1204,
        created: '2024-05-01T09:00:00.000Z',
        updated: '2024-05-01T09:00:00.000Z',
      },
    },
  ],
  addresses: [
    {
      address: 'root:channels:http:filefunctions:0.0.1:info',
      in: { 'File/File Content': 'file' },
      out: {
        'File/Filename': 'filename',
        'File/Extension': 'extension',
        'File/Size': 'size',
        'File/Created': 'created',
        'File/Updated': 'updated',
      },
    },
  ],
  run: async (file, ctx) => {
    const known = await ctx.files.info(file.id);
    if (known === null) throw fileMissing(file);
    const { ref, created, updated } = known;
    return {
      filename: ref.name,
      extension: /[^.]\.([^.]*)$/.exec(ref.name)?.[1] ?? '',
      size: ref.size,
      created: new Date(created),
      updated: new Date(updated),
    };
  },
});
