/** Assign: names values. */
import { defineCard } from '@flowdeck/engine';

export const assign = defineCard({
  id: 'control.assign',
  title: 'Assign',
  description: 'Gives values a name and a type: the outputs are the inputs.',
  kind: 'pure',
  inputs: [],
  extraInputs: { type: 'any', description: 'The values, by name.' },
  outputs: [],
  mirror: true,
  traits: { assigns: true },
  examples: [{ in: { limit: 100, label: 'small' }, out: { limit: 100, label: 'small' } }],
  addresses: [{ address: 'root:kernel:control:0.0.1:let', model: { mirrored: true } }],
  run: (values) => values,
});
