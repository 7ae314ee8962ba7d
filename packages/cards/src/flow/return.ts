/** Return: ends the flow with a result. */
import { defineCard } from '@flowdeck/engine';

export const returnResult = defineCard({
  id: 'flow.return',
  title: 'Return',
  description:
    'Ends the flow and gives its result to the caller. In a scoped block (If/ElseIf, If Error) it ends the block and gives the outputs of the card that owns it.',
  kind: 'control',
  inputs: [],
  extraInputs: { type: 'any', description: 'The fields of the result, by name.' },
  outputs: [],
  mirror: true,
  traits: { passive: true, leaves: 'always', returns: true },
  examples: [{ in: { sid: 'SM1', status: 'sent' } }],
  addresses: [{ address: 'root:kernel:control:0.0.1:return', model: { mirrored: true } }],
  run: (result, ctx) => ctx.return(result),
});
