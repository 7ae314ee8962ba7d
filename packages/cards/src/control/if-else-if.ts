/** If/ElseIf: runs the first block whose condition holds. */
import { type BlockOutcome, defineCard } from '@flowdeck/engine';
import { compare } from '@flowdeck/engine/kit';
import { asText } from '../shared/conversions.js';
import { after, type Eventual, repeat } from '../shared/eventually.js';
import { COMPARES, COMPARISON, COMPARISON_ERRORS } from '../shared/fields.js';

const LAST_RESORT = 'else';

export const ifElseIf = defineCard({
  id: 'control.ifElseIf',
  title: 'If/ElseIf',
  description:
    'Tries the conditions of its blocks in the order of the document and runs the first block whose condition holds, else the block named "else". A Return ends the block only, and gives the card its outputs.',
  kind: 'control',
  inputs: [],
  outputs: [],
  blocks: {
    '*': {
      scope: 'scoped',
      inputs: COMPARISON,
      description: 'A branch and its condition. The one named "else" has none. Later conditions are not evaluated.',
    },
  },
  outputsFromBlocks: true,
  traits: { passive: true, chooses: true, compares: COMPARES },
  errors: COMPARISON_ERRORS,
  examples: [{ title: 'Branches are blocks, each with its own left, operator and right', in: {} }],
  addresses: [{ address: 'root:kernel:control:0.0.1:branch' }],
  run: (ctx) => {
    const names = ctx.blockNames.filter((name) => name !== LAST_RESORT);
    let chosen = ctx.blockNames.includes(LAST_RESORT) ? LAST_RESORT : null;
    let next = 0;
    const tried = repeat(() => {
      const name = names[next++];
      if (name === undefined) return false;
      return after(ctx.blockInputs(name), ([left = null, operator = null, right = null]) => {
        if (!compare(left, String(asText(operator) ?? '=='), right)) return true;
        chosen = name;
        return false;
      });
    });
    return after(tried, (): Eventual<BlockOutcome> => (chosen === null ? {} : ctx.runBlock(chosen)));
  },
});
