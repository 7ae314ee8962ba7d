import { Leave } from '@flowdeck/engine';
import { fakeContext, runCard } from '@flowdeck/testing';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ifError } from './if-error.js';

const boom = new Error('boom');

test('gives what the block "try" gave, and leaves "catch" alone', () => {
  const ran: string[] = [];
  const ctx = fakeContext({
    runBlock: (name) => {
      ran.push(name);
      return { sid: 'SM1' };
    },
  });
  assert.equal(runCard(ifError, {}, ctx), { sid: 'SM1' });
  assert.equal(ran, ['try']);
});

test('runs "catch" with the error object, whether "try" throws or rejects', async () => {
  for (const fail of [
    () => {
      throw boom;
    },
    () => Promise.reject(boom),
  ]) {
    const ctx = fakeContext({
      runBlock: (name, provide) => (name === 'try' ? fail() : { why: provide?.error ?? null }),
    });
    assert.equal(await runCard(ifError, {}, ctx), { why: { message: 'boom' } });
  }
});

test('an error in "catch" is an error of the card', async () => {
  const calls: string[] = [];
  const ctx = fakeContext({
    runBlock: (name) => {
      calls.push(name);
      throw boom;
    },
  });
  assert.throws(() => runCard(ifError, {}, ctx), 'boom');
  assert.equal(calls, ['try', 'catch']);
});

test('hands on a way out', () => {
  const leave = new Leave('stop', {});
  assert.is(runCard(ifError, {}, { runBlock: () => leave }), leave);
});

test.run();
