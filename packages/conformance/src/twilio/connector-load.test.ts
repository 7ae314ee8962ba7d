/** The Twilio connector under load: long lists in little memory, and a limit of the service by which nothing is lost or doubled. */

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { clockOfTests, connectorOn, NOW } from '../../test/twilio-connector.js';
import { TWILIO_NUMBERS } from './constants.js';
import type { TwilioService } from './options.js';
import { startTwilioService } from './service.js';
import { defaultTwilioAccount } from './setup.js';

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');
const MB = 1024 * 1024;

let twilio: TwilioService | undefined;
test.after.each(() => twilio?.close());

test('100,000 messages are listed, each once, in memory that does not grow with them', async () => {
  const account = { ...defaultTwilioAccount(), history: 100_000 };
  twilio = await startTwilioService({ accounts: [account], clock: () => NOW, keepRequests: 1 });
  const sids = new Set<string>();
  const heaps: number[] = [];
  const heard = (body: unknown) => {
    const { messages } = body as { messages: { sid: string }[] }; // a page of messages
    // The names are what the test itself keeps: their digits in the parts of one number would say no more.
    for (const { sid } of messages) sids.add(sid);
    if (heaps.length === 0 || sids.size % 20_000 === 0) {
      collect();
      heaps.push(process.memoryUsage().heapUsed);
    }
  };
  const { outputs } = connectorOn(twilio, { heard });
  const note = { id: 'note', type: 'helper', inputs: [{ key: 'item', type: 'object' }], cards: [] };
  const { Messages: list, Count: count } = await outputs(['listMessages', { Each: { flow: 'note' } }], [note]);
  assert.equal([list, count, sids.size], [[], 100_000, 100_000]);
  const grown = (heaps.at(-1) ?? 0) - (heaps[0] ?? 0);
  assert.ok(grown < 60 * MB, `${Math.round(grown / MB)} MB more at the end than after the first page`);
});

test('of 50 messages at once, under a limit of 10 a second, none is lost and none doubled', async () => {
  const clock = clockOfTests();
  twilio = await startTwilioService({ clock: () => clock.now(), ratePerSecond: 10 });
  // The modules that a first run loads are measured by no timer.
  let go: (() => void) | null = clock.hold();
  const heard = () => {
    go?.();
    go = null;
  };
  const { outputs } = connectorOn(twilio, { clock, heard });
  const send = (index: number) =>
    outputs(['sendMessage', { 'From Number': TWILIO_NUMBERS[0], To: '+15551230001', Body: `message ${index}` }]);
  const sent = await Promise.all(Array.from({ length: 50 }, (_, index) => send(index)));
  const refused = twilio.requests.filter(({ status }) => status === 429).length;
  const bodies = twilio.messages().map(({ body }) => body);
  assert.is(new Set(sent.map((each) => each['Message SID'])).size, 50);
  assert.equal([...bodies].sort(), Array.from({ length: 50 }, (_, index) => `message ${index}`).sort());
  assert.ok(refused >= 40, `${refused} were too early`);
});

test.run();
