/** A pack that is there, and faulty: nothing says what its card does. */
import { defineCard, definePack } from '@flowdeck/engine';

export default definePack({
  name: 'nameless',
  namespace: 'nameless',
  version: '1.0.0',
  cards: [
    defineCard({
      ...{ id: 'nameless.card', title: 'Nameless', description: ' ', kind: 'pure' },
      ...{ inputs: [], outputs: [] },
      run: () => ({}),
    }),
  ],
});
