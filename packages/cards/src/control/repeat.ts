/** Repeat: calls a flow a number of times. */
import { defineCard, LimitError } from '@flowdeck/engine';
import { after } from '../shared/eventually.js';
import { atLeastOne, CONCURRENCY, FLOW, FORWARDED } from '../shared/fields.js';

const MOST = 10_000;

export const controlRepeat = defineCard({
  id: 'control.repeat',
  title: 'Repeat',
  description: 'Calls a flow a number of times. The flow reads its turn, from 0, at /context/index.',
  kind: 'control',
  inputs: [
    {
      key: 'count',
      type: 'number',
      label: 'count',
      description: 'How many times, at most 10,000. Below 1: not at all. Fractions are cut off.',
      required: true,
    },
    FLOW,
    CONCURRENCY,
  ],
  extraInputs: FORWARDED,
  outputs: [],
  traits: { passive: true },
  errors: { limit: 'The count is above 10,000 (limit "repeat").' },
  examples: [{ in: { count: 3, flow: 'send-reminder' } }],
  addresses: [
    { address: 'root:kernel:control:0.0.1:times', in: { flo: 'flow' }, model: { async: true, cooperative: true } },
  ],
  run: (count, flow, concurrency, ctx) => {
    const turns = Math.max(0, Math.floor(count));
    if (turns > MOST) {
      throw new LimitError('repeat', `Repeat was asked for ${turns} turns; it takes at most ${MOST}.`, {
        at: { field: 'count' },
        hint: 'Call a flow that itself repeats, or use For Each on a list.',
      });
    }
    const indexes = Array.from({ length: turns }, (_, index) => index);
    const called = ctx.callEach(flow, indexes, { concurrency: atLeastOne(concurrency), collect: 'none' });
    return after(called, () => undefined);
  },
});
