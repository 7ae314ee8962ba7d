/** The engine on the file journal, running a flow that kills its process, without any warning, at a given point. */
import { appendFileSync, writeSync } from 'node:fs';
import { standard } from '@flowdeck/cards';
import { createEngine, defineCard, definePack, RunError } from '@flowdeck/engine';
import { fileJournal } from '@flowdeck/host';

const [, , dir = '', effects = '', killAt = '0'] = process.argv;
const RUN = 'run';

let told = 0;
/** Tells the parent, and dies if this is the point. */
function tell(line: string): void {
  writeSync(1, `${line}\n`);
  told += 1;
  if (told === Number(killAt)) process.kill(process.pid, 'SIGKILL');
}

const effect = defineCard({
  id: 'kill.effect',
  title: 'Effect',
  description: 'Leaves a line behind; fails where it is told to.',
  kind: 'effect',
  inputs: [
    { key: 'value', type: 'any' },
    { key: 'fail', type: 'boolean' },
  ],
  outputs: [
    { key: 'output', type: 'text' },
    { key: 'at', type: 'date' },
  ],
  run: async (value, fail, ctx) => {
    await new Promise((resolve) => setImmediate(resolve));
    appendFileSync(effects, `${ctx.key}\n`);
    tell(`did ${ctx.key}`);
    if (fail) throw new RunError<'http-status'>('http-status', 'Busy.', { statusCode: 503 });
    return { output: `${value}!`, at: new Date(5) };
  },
});

const flow = {
  flowdeck: 1,
  flows: [
    {
      id: 'main',
      type: 'manual',
      cards: [
        { id: 'first', card: 'kill.effect', in: { value: 'first' } },
        { id: 'wait', card: 'control.waitFor', in: { delay: 0.015, unit: 'second' } },
        {
          id: 'attempt',
          card: 'error.ifError',
          outputs: [{ key: 'why', type: 'text' }],
          blocks: {
            try: {
              cards: [
                {
                  id: 'busy',
                  card: 'kill.effect',
                  in: { value: 'busy', fail: true },
                  onError: { retry: { times: 1, delay: 5, when: [503] } },
                },
              ],
            },
            catch: {
              cards: [
                { id: 'note', card: 'kill.effect', in: { value: { from: '/error/message' } } },
                { card: 'flow.return', in: { why: { from: '/note/output' } } },
              ],
            },
          },
        },
        {
          id: 'each',
          card: 'list.map',
          in: {
            list: { value: ['a', 'b', 'c', 'd'] },
            flow: { flow: 'item' },
            concurrency: 2,
            value: { item: '' },
          },
        },
        { id: 'last', card: 'flow.call', in: { flow: { flow: 'item' }, value: { from: '/first/at' } } },
        { id: 'aside', card: 'flow.callAsync', in: { flow: { flow: 'item' }, value: 'aside' } },
        {
          card: 'flow.return',
          in: {
            why: { from: '/attempt/why' },
            each: { from: '/each/new list' },
            last: { from: '/last/output' },
            luck: { expr: '$random()' },
          },
        },
      ],
    },
    {
      id: 'item',
      type: 'helper',
      inputs: [{ key: 'value', type: 'text' }],
      outputs: [{ key: 'output', type: 'text' }],
      cards: [
        { id: 'one', card: 'kill.effect', in: { value: { from: '/inputs/value' } } },
        { id: 'two', card: 'kill.effect', in: { value: { from: '/one/output' } } },
        { card: 'flow.return', in: { output: { from: '/two/output' } } },
      ],
    },
  ],
};

const journal = await fileJournal({ dir, maxSegmentBytes: 600 });
const ended = await journal.result(RUN);
if (ended !== null) {
  writeSync(1, `result ${JSON.stringify(ended.outputs)}\n`);
  process.exit();
}
const [known] = await journal.unfinished();
const pack = definePack({ name: 'kill', namespace: 'kill', version: '1.0.0', cards: [effect] });
const engine = createEngine({ packs: [standard, pack], ports: { runtime: journal } });
const deck = engine.load(flow);
engine.on('card', (event) => {
  if (event.phase === 'ended' && event.cardType === 'kill.effect') {
    tell(`known ${event.executionId}/${event.card}${event.attempts === 1 ? '' : `#${event.attempts}`}`);
  }
});
tell('began');
const result = await engine.run(deck, {
  flow: 'main',
  runId: RUN,
  ...(known === undefined ? {} : { startedAt: known.startedAt }),
});
tell('ended');
await journal.shutdown();
if (result.error !== null) throw new Error(result.error.message);
writeSync(1, `result ${JSON.stringify(result.outputs)}\n`);
