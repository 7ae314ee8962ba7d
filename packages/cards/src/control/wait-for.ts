/** Wait For: suspends the run for a span of time. */
import { defineCard } from '@flowdeck/engine';
import { momentAfter, SPAN_UNITS } from './span.js';

export const waitFor = defineCard({
  id: 'control.waitFor',
  title: 'Wait For',
  description: 'Suspends the run for a span of time, then goes on. Months and years are those of the calendar.',
  kind: 'control',
  inputs: [
    {
      key: 'delay',
      type: 'number',
      label: 'delay',
      description: 'How many units. Below 0 counts as 0.',
      required: true,
    },
    {
      key: 'unit',
      type: 'text',
      label: 'unit',
      description: 'The unit of time.',
      required: true,
      default: 'second',
      choices: SPAN_UNITS,
      openChoices: true,
    },
  ],
  outputs: [],
  errors: {
    'unknown-unit': 'The unit is none of the known ones.',
    'invalid-delay': 'The wait would end beyond what a date can hold.',
  },
  examples: [{ in: { delay: 5, unit: 'minute' } }],
  // Handed back as it is: every function around it would be part of what a waiting run holds.
  addresses: [{ address: 'root:kernel:control:0.0.1:wait', model: { async: true } }],
  run: (delay, unit, ctx) => {
    const now = ctx.clock.now();
    return ctx.sleep(Math.max(0, momentAfter(now, delay, unit) - now));
  },
});
