/** A worker on Restate, whose effects are counted elsewhere. */
import { standard } from '@flowdeck/cards';
import { createEngine, defineCard, definePack } from '@flowdeck/engine';
import * as restate from '@restatedev/restate-sdk';
import { restateWorker } from '../src/index.js';

const [, , port = '', effects = ''] = process.argv;

const effect = defineCard({
  id: 'count.effect',
  title: 'Effect',
  description: 'Is counted elsewhere; fails where it is told to.',
  kind: 'effect',
  inputs: [
    { key: 'value', type: 'any' },
    { key: 'fail', type: 'boolean' },
  ],
  outputs: [{ key: 'output', type: 'text' }],
  run: async (value, fail, ctx) => {
    await (await fetch(`${effects}/${ctx.key}`)).text();
    if (fail) throw new Error('Busy.');
    return { output: `${value}!` };
  },
});

const act = (id: string, more: object = {}) => ({
  id,
  card: 'count.effect',
  in: { value: { from: '/inputs/value' }, ...more },
});
const value = [{ key: 'value', type: 'text' }];

const flow = {
  flowdeck: 1,
  flows: [
    {
      id: 'main',
      type: 'manual',
      inputs: value,
      cards: [
        act('first'),
        { id: 'wait', card: 'control.waitFor', in: { delay: 0.05, unit: 'second' } },
        {
          id: 'attempt',
          card: 'error.ifError',
          outputs: [{ key: 'why', type: 'text' }],
          blocks: {
            try: { cards: [{ id: 'bad', card: 'flow.call', in: { flow: { flow: 'bad' } } }] },
            catch: { cards: [{ card: 'flow.return', in: { why: { from: '/error/message' } } }] },
          },
        },
        {
          id: 'each',
          card: 'list.map',
          in: { list: { expr: '[1..8]' }, flow: { flow: 'item' }, concurrency: 4, value: { item: '' } },
        },
        { id: 'aside', card: 'flow.callAsync', in: { flow: { flow: 'item' }, value: 'aside' } },
        { card: 'flow.return', in: { why: { from: '/attempt/why' }, each: { from: '/each/new list' } } },
      ],
    },
    {
      id: 'item',
      type: 'helper',
      inputs: value,
      outputs: [{ key: 'output', type: 'text' }],
      cards: [
        act('a'),
        { id: 'wait', card: 'control.waitFor', in: { delay: 0.02, unit: 'second' } },
        act('b'),
        { card: 'flow.return', in: { output: { from: '/b/output' } } },
      ],
    },
    { id: 'bad', type: 'helper', inputs: value, cards: [act('x', { fail: true })] },
  ],
};

const pack = definePack({ name: 'count', namespace: 'count', version: '1.0.0', cards: [effect] });
const engine = createEngine({ packs: [standard, pack] });
const deck = engine.load(flow);
const services = restateWorker({ engine, decks: new Map([[deck.revision, deck]]) });
await restate.serve({ services, port: Number(port) });
process.stdout.write(`ready ${deck.revision}\n`);
