/** Wait Until: suspends the run up to a moment. */
import { defineCard } from '@flowdeck/engine';

export const waitUntil = defineCard({
  id: 'control.waitUntil',
  title: 'Wait Until',
  description: 'Suspends the run until a date, then goes on. A date in the past does not suspend it.',
  kind: 'control',
  inputs: [{ key: 'date', type: 'date', label: 'date', description: 'When to go on.', required: true }],
  outputs: [],
  examples: [{ in: { date: '2030-01-01T08:00:00Z' } }],
  addresses: [{ address: 'root:kernel:control:0.0.1:until', model: { async: true } }],
  run: (date, ctx) => ctx.sleep(Math.max(0, date.getTime() - ctx.clock.now())),
});
