/** If Error: runs a block, and another one when it fails. */
import { type BlockOutcome, type CardContext, defineCard } from '@flowdeck/engine';
import { type Eventual, isPromise } from '../shared/eventually.js';

export const ifError = defineCard({
  id: 'error.ifError',
  title: 'If Error',
  description:
    'Runs the block "try". At its first error the rest of it is given up and the block "catch" runs once, with the error at /error. Then the flow goes on either way. A Return ends the block only and gives the card its outputs; a block left by Continue If gives null for each.',
  kind: 'control',
  inputs: [],
  outputs: [],
  blocks: {
    try: {
      scope: 'scoped',
      required: true,
      always: true,
      description: 'The cards that may fail. What they did is not undone.',
    },
    catch: {
      scope: 'scoped',
      required: true,
      provides: ['error'],
      description: 'What to do about the error. An error in here is not caught by this card.',
    },
  },
  outputsFromBlocks: true,
  traits: { passive: true },
  examples: [{ title: 'Its cards stand in the blocks "try" and "catch"', in: {} }],
  addresses: [{ address: 'root:kernel:control:0.0.1:tryCatch' }],
  run: (ctx) => {
    try {
      const tried = ctx.runBlock('try');
      return isPromise(tried) ? tried.catch((error: unknown) => recover(error, ctx)) : tried;
    } catch (error) {
      return recover(error, ctx);
    }
  },
});

/**
 * Every error of a card can be dealt with, the time limit of a single card included. A run that was cancelled, or that
 * has used up its steps or its time, is halted: the engine runs no further block, so its error passes through here.
 */
function recover(error: unknown, ctx: CardContext): Eventual<BlockOutcome> {
  return ctx.runBlock('catch', { error: ctx.errorObject(error) });
}
