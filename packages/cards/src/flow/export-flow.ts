/** Export Flow: the document of a flow as a file. */
import { defineCard } from '@flowdeck/engine';
import { FLOW } from '../shared/fields.js';
import { EXPORTED, exportFile, LAYOUT } from './export-file.js';

export const exportFlow = defineCard({
  id: 'flow.exportFlow',
  title: 'Export Flow',
  description:
    'Writes a flow to a file, as a flow file by itself: without the flows that it calls. Its name is the id of the flow, with ".flow.json". The flow is not run.',
  kind: 'effect',
  inputs: [{ ...FLOW, description: 'The flow to write.' }, ...LAYOUT],
  outputs: EXPORTED,
  errors: { limit: 'The file is larger than the file store takes.' },
  examples: [{ in: { flow: 'notify', pretty: true, indent: 4 }, out: { filename: 'notify.flow.json', size: 1204 } }],
  run: (flow, pretty, indent, ctx) => exportFile(ctx.flowDocument(flow), `${flow.id}.flow.json`, pretty, indent, ctx),
});
