/** Export Flow: the document of a flow as a file. */
import { defineCard, printDocument } from '@flowdeck/engine';
import { FLOW } from '../shared/fields.js';

const LEAST_INDENT = 1;
const MOST_INDENT = 8;

export const exportFlow = defineCard({
  id: 'flow.exportFlow',
  title: 'Export Flow',
  description:
    'Writes a flow to a file, as a flow file by itself: without the flows that it calls. Its name is the id of the flow, with ".flow.json". The flow is not run.',
  kind: 'effect',
  inputs: [
    { ...FLOW, description: 'The flow to write.' },
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
  ],
  outputs: [
    { key: 'file', type: 'file', label: 'File Content', description: 'The file.' },
    { key: 'filename', type: 'text', label: 'Filename', description: 'Its name.' },
    { key: 'size', type: 'number', label: 'Size', description: 'Bytes.' },
  ],
  errors: { limit: 'The file is larger than the file store takes.' },
  examples: [{ in: { flow: 'notify', pretty: true, indent: 4 }, out: { filename: 'notify.flow.json', size: 1204 } }],
  run: async (flow, pretty, indent, ctx) => {
    // Printed first: the canonical order of keys makes two exports of one flow the same.
    const document: unknown = JSON.parse(printDocument(ctx.flowDocument(flow)));
    const spaces = Math.min(Math.max(Math.floor(indent), LEAST_INDENT), MOST_INDENT);
    const bytes = new TextEncoder().encode(`${JSON.stringify(document, null, pretty ? spaces : 0)}\n`);
    const filename = `${flow.id}.flow.json`;
    const file = await ctx.files.put({ name: filename, mediaType: 'application/json' }, bytes);
    return { file, filename, size: bytes.length };
  },
});
