/** Export Flow: the document of a flow as a file. */
import { type CardContext, defineCard, FlowRef, RunError, type Value } from '@flowdeck/engine';
import { type DeckFlow, flowsOf } from '@flowdeck/engine/kit';
import { EXPORTED, exportFile, LAYOUT } from './export-file.js';

export const exportFlow = defineCard({
  id: 'flow.exportFlow',
  title: 'Export Flow',
  description:
    'Writes a flow to a file, as a flow file by itself: without the flows that it calls. Its name is the id of the flow, with ".flow.json". The flow is not run.',
  kind: 'effect',
  inputs: [
    {
      key: 'flow',
      type: 'any',
      label: 'Flow',
      description: 'The flow to write: a flow, or text that is the id or the name of one in the same deck.',
      required: true,
    },
    ...LAYOUT,
  ],
  outputs: EXPORTED,
  errors: {
    'not-a-flow': 'The value is neither a flow nor text that names one, or several flows have the name.',
    limit: 'The file is larger than the file store takes.',
  },
  examples: [{ in: { flow: 'notify', pretty: true, indent: 4 }, out: { filename: 'notify.flow.json', size: 1204 } }],
  addresses: [
    {
      address: 'root:kernel:utility:0.0.1:exportFlo',
      in: { flo: 'flow' },
      out: { output: 'file' },
      lacks: { out: ['filename', 'size'] },
    },
  ],
  run: (flow, pretty, indent, ctx) => {
    const document = documentOf(flow, ctx);
    return exportFile({ flowdeck: 1, ...document }, `${document.id}.flow.json`, pretty, indent, ctx);
  },
});

function documentOf(flow: Value, ctx: CardContext): DeckFlow {
  if (flow instanceof FlowRef) return ctx.flowDocument(flow);
  return named(flow, flowsOf(ctx.deckDocument()));
}

/** By its id, by the one that it has where it was imported from, or by its name: blanks at the ends of one cannot be seen. */
function named(text: Value, flows: readonly DeckFlow[]): DeckFlow {
  if (typeof text !== 'string') throw exportRefusal('The value is neither a flow nor the name of one.');
  const byId = flows.find(({ id }) => id === text) ?? flows.find(({ meta }) => meta?.['id'] === text);
  if (byId) return byId;
  const [found, ...others] = flows.filter(({ id, name = id }) => name.trim() === text.trim());
  if (found === undefined) throw exportRefusal('The text names no flow of this deck.');
  if (others.length > 0) throw exportRefusal(`${others.length + 1} flows of this deck have the name.`);
  return found;
}

function exportRefusal(message: string): RunError {
  const hint = 'Bind the input with {"flow": "id"}, or give the id of a flow of this deck.';
  return new RunError('not-a-flow', message, { at: { field: 'flow' }, hint });
}
