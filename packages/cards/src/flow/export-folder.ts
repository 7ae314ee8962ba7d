/** Export Folder: all flows and tables of a deck as a file. */
import { defineCard } from '@flowdeck/engine';
import { EXPORTED, exportFile, LAYOUT } from './export-file.js';

export const exportFolder = defineCard({
  id: 'flow.exportFolder',
  title: 'Export Folder',
  description:
    'Writes the deck that this flow stands in to a file: all its flows, and its tables without their rows. No flow is run.',
  kind: 'effect',
  inputs: [
    {
      key: 'filename',
      type: 'text',
      label: 'Filename',
      description: 'Name of the file.',
      required: true,
      default: 'folder.flow.json',
    },
    ...LAYOUT,
  ],
  outputs: EXPORTED,
  errors: { limit: 'The file is larger than the file store takes.' },
  examples: [{ in: { filename: 'backup.flow.json' }, out: { filename: 'backup.flow.json', size: 20480 } }],
  addresses: [
    // Inferred; not seen in a file of the vendor.
    {
      address: 'root:kernel:utility:0.0.1:exportGroup',
      out: { output: 'file' },
      lacks: { in: ['filename'], out: ['filename', 'size'] },
    },
    // Inferred; not seen in a file of the vendor.
    {
      address: 'root:kernel:utility:0.0.1:exportFolder',
      out: { output: 'file' },
      lacks: { in: ['filename'], out: ['filename', 'size'] },
    },
  ],
  run: (filename, pretty, indent, ctx) => exportFile(ctx.deckDocument(), filename, pretty, indent, ctx),
});
