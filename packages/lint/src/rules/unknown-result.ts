/** `lint-unknown-result`: a Call Flow asks for a key that no Return of its flow gives. */
import { fieldName, pointerTo } from '@flowdeck/engine/kit';
import { targetOf } from '../calls.js';
import { Produced } from '../outputs.js';
import { quoted } from '../quoted.js';
import type { Rule } from '../types.js';

export const unknownResult: Rule = {
  id: 'lint-unknown-result',
  severity: 'warning',
  title: 'A Call Flow asks for what its flow never returns',
  explanation:
    'A call finds the results of its flow by name. A name that no Return of the flow gives is null, whatever happens; often it was renamed on one side only. A flow without a Return gives the outputs of its last card. Flows that are not in the file, or end in a card of an unknown type, are not judged.',
  bad: {
    title: 'The helper returns "status_code", the call asks for "statusCode"',
    document: {
      flowdeck: 1,
      flows: [
        {
          id: 'main',
          type: 'manual',
          cards: [
            {
              id: 'call',
              card: 'flow.call',
              in: { flow: { flow: 'helper' } },
              outputs: [{ key: 'statusCode', type: 'number' }],
            },
            { card: 'flow.return', in: { code: { from: '/call/statusCode' } } },
          ],
        },
        { id: 'helper', type: 'helper', cards: [{ card: 'flow.return', in: { status_code: 200 } }] },
      ],
    },
  },
  good: {
    title: 'Both use one name',
    document: {
      flowdeck: 1,
      flows: [
        {
          id: 'main',
          type: 'manual',
          cards: [
            {
              id: 'call',
              card: 'flow.call',
              in: { flow: { flow: 'helper' } },
              outputs: [{ key: 'statusCode', type: 'number' }],
            },
            { card: 'flow.return', in: { code: { from: '/call/statusCode' } } },
          ],
        },
        { id: 'helper', type: 'helper', cards: [{ card: 'flow.return', in: { statusCode: 200 } }] },
      ],
    },
  },
  check: (file, report) => {
    const produced = new Produced();
    for (const { cards } of file.flows) {
      for (const card of cards) {
        if (!card.type?.extraOutputs || card.node.outputs === undefined) continue;
        const target = targetOf(card);
        const given = target && produced.ofFlow(target);
        if (target === null || given === null) continue;
        const own = new Set(card.type.outputs.map(fieldName));
        for (const [index, field] of card.node.outputs.entries()) {
          const name = fieldName(field);
          if (own.has(name) || given.has(name)) continue;
          report(card, {
            pointer: pointerTo(card.pointer, 'outputs', index),
            message: `No Return of flow ${quoted(target.flow.id)} gives ${quoted(name)}: it is always null.`,
            hint: 'Name it as a Return of the flow does, or add it there.',
          });
        }
      }
    }
  },
};
