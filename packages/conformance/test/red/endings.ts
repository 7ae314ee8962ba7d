/** A pack whose cards end their process, loop for ever and never settle, and one that is sound. */
import { defineCard, definePack } from '@flowdeck/engine';

const base = {
  title: 'Bad',
  description: 'A card with a fault.',
  kind: 'pure',
  inputs: [{ key: 'text', type: 'text', label: 'text' }],
  outputs: [{ key: 'n', type: 'number', label: 'n' }],
  examples: [{ in: { text: 'a' }, out: { n: 1 } }],
} as const;

export default definePack({
  name: 'flowdeck-endings',
  namespace: 'endings',
  version: '1.0.0',
  cards: [
    defineCard({ ...base, id: 'endings.exits', run: () => process.exit(0) }),
    defineCard({
      ...base,
      id: 'endings.loops',
      run: () => {
        for (;;);
      },
    }),
    defineCard({ ...base, id: 'endings.waits', run: () => new Promise<{ n: number }>(() => {}) }),
    defineCard({ ...base, id: 'endings.sound', run: () => ({ n: 1 }) }),
  ],
});
