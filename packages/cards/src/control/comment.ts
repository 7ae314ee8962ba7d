/** Comment: text for people. */
import { defineCard } from '@flowdeck/engine';

export const comment = defineCard({
  id: 'control.comment',
  title: 'Comment',
  description: 'Does nothing. Its text explains the flow to whoever reads it.',
  kind: 'pure',
  inputs: [{ key: 'text', type: 'text', label: 'text', description: 'Markdown.' }],
  outputs: [],
  traits: { remarks: 'text' },
  examples: [{ in: { text: 'Only new orders from here on.' }, out: {} }],
  addresses: [{ address: 'root:kernel:control:0.0.1:comment', lacks: { in: ['text'] } }],
  run: () => undefined,
});
