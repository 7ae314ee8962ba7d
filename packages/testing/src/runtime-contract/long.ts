/** A run that remembers more than a line: what it leaves in an annex can be looked at while it waits. */
import { type CardType, defineCard, definePack } from '@flowdeck/engine';

export const longCard: CardType = defineCard({
  id: 'contract.long',
  title: 'Long',
  description: 'An effect that gives a text of so many characters.',
  kind: 'effect',
  inputs: [{ key: 'length', type: 'number', required: true }],
  outputs: [{ key: 'output', type: 'text' }],
  run: async (length) => ({ output: 'x'.repeat(length) }),
});

/** Its one card, for an engine of a test. */
export const LONG_PACK = definePack({
  name: 'contract-long',
  namespace: 'contract',
  version: '1.0.0',
  cards: [longCard],
});

/** Gives 80,000 characters, and waits for `resume`. */
export const LONG_FLOW = {
  flowdeck: 1,
  id: 'main',
  type: 'manual',
  cards: [
    { id: 'said', card: 'contract.long', in: { length: 80_000 } },
    { id: 'pause', card: 'control.pause' },
  ],
} as const;
