/** What a run answers to whoever started it, and when. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type Answer, defineCard } from '../cards/index.js';
import { deck, flow, helper, testEngine } from '../testing/cards.js';

const answers = defineCard({
  id: 'x.answer',
  title: 'Answer',
  description: 'Answers whoever started the run.',
  kind: 'effect',
  inputs: [{ key: 'body', type: 'text', required: true }],
  outputs: [],
  run: (body, ctx) => {
    ctx.respond({ statusCode: 200, headers: {}, body });
    return undefined;
  },
});

const leaves = defineCard({
  id: 'x.leave',
  title: 'Leave',
  description: 'Ends its flow with an answer.',
  kind: 'control',
  inputs: [],
  outputs: [],
  run: (ctx) => ctx.return({}, { statusCode: 404, headers: {}, body: 'left' }),
});

function engineWith(log: (message: string) => void = () => undefined) {
  return testEngine({ cards: [answers, leaves], ports: { logger: { log: (_level, message) => log(message) } } });
}

const waits = { id: 'wait', card: 't.wait', in: { signal: 'go' } };

test('an answer is heard when the card gives it, while the flow goes on, and once', async () => {
  const engine = engineWith();
  const heard: Answer[] = [];
  let settled = false;
  const handle = engine.start(
    engine.load(
      flow([{ card: 'x.answer', in: { body: 'first' } }, waits, { card: 'x.answer', in: { body: 'second' } }]),
    ),
    { onAnswer: (answer) => heard.push(answer) },
  );
  handle.result.then(() => {
    settled = true;
  });
  await Promise.resolve();
  assert.equal(heard, [{ statusCode: 200, headers: {}, body: 'first' }]);
  assert.is(settled, false);
  handle.signal('go', null);
  const { status, answer } = await handle.result;
  assert.is(status, 'success');
  assert.equal(answer, heard[0]);
  assert.is(heard.length, 1);
});

test('an answer that ends the flow does not wait for flows that nobody waits for', async () => {
  const engine = engineWith();
  const heard: Answer[] = [];
  const source = deck(
    [{ card: 't.spawn', in: { flow: { flow: 'later' } } }, { card: 'x.leave' }],
    helper('later', [waits, { card: 'x.answer', in: { body: 'too late' } }]),
  );
  const handle = engine.start(engine.load(source), { flow: 'main', onAnswer: (answer) => heard.push(answer) });
  await new Promise(setImmediate);
  assert.equal(
    heard.map(({ body }) => body),
    ['left'],
  );
  handle.signal('go', null);
  assert.is((await handle.result).answer?.body, 'left');
  assert.is(heard.length, 1);
});

test('what the host throws on hearing it is logged, and the run goes on', async () => {
  const logged: string[] = [];
  const engine = engineWith((message) => logged.push(message));
  const source = engine.load(flow([{ card: 'x.answer', in: { body: 'x' } }]));
  const failing = () => {
    throw new Error('the connection is gone');
  };
  for (const onAnswer of [failing, async () => failing()]) {
    assert.is((await engine.run(source, { onAnswer })).status, 'success');
  }
  await new Promise(setImmediate);
  assert.is(logged.length, 2);
});

test('without an answer nobody is told', async () => {
  const engine = engineWith();
  let heard = 0;
  const { answer } = await engine.run(engine.load(flow([])), { onAnswer: () => heard++ });
  assert.is(answer, null);
  assert.is(heard, 0);
});

test.run();
