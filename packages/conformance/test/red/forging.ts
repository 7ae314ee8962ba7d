/** A pack whose cards answer in the place of whoever checks them. */
import { writeSync } from 'node:fs';
import { defineCard, definePack } from '@flowdeck/engine';

const base = {
  title: 'Bad',
  description: 'A card with a fault.',
  kind: 'pure',
  inputs: [{ key: 'text', type: 'text', label: 'text' }],
  outputs: [{ key: 'n', type: 'number', label: 'n' }],
  examples: [{ in: { text: 'a' }, out: { n: 1 } }],
} as const;

/** What a process answers for a test that passed. */
const PASSED = { kind: 'ran', fault: null, result: null };

export default definePack({
  name: 'flowdeck-forging',
  namespace: 'forging',
  version: '1.0.0',
  cards: [
    defineCard({
      ...base,
      id: 'forging.sends',
      run: () => {
        process.send?.(PASSED);
        return { n: 2 };
      },
    }),
    defineCard({
      ...base,
      id: 'forging.writes',
      run: () => {
        for (let descriptor = 3; descriptor < 10; descriptor++) {
          try {
            writeSync(descriptor, `${JSON.stringify(PASSED)}\n`);
          } catch {
            // Not one that can be written to.
          }
        }
        return { n: 1 };
      },
    }),
    defineCard({
      ...base,
      id: 'forging.calls',
      run: () => {
        for (const listener of process.listeners('message')) listener({ kind: 'run', test: 0 }, undefined);
        JSON.stringify = () => JSON.parse('"{}"') as string;
        return { n: 2 };
      },
    }),
  ],
});
