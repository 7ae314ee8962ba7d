import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { FlowEvent } from '../observe/index.js';
import { flow, testEngine } from '../testing/cards.js';

test('the card that returns tells what it returned as its outputs', async () => {
  const events: FlowEvent[] = [];
  const engine = testEngine();
  await engine.run(engine.load(flow([{ card: 't.return', in: { x: 1 } }])), { onEvent: (event) => events.push(event) });
  const outputs = events.flatMap((event) => (event.type === 'card' && event.phase === 'ended' ? [event.outputs] : []));
  assert.equal(outputs, [{ x: 1 }]);
});

test.run();
