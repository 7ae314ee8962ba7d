/** What an event says of the poll by which it catches up: every fault is told at its place. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { assembleConnector } from '../manifest/assemble.js';
import { filesOf, flow, GREET, manifest, PING } from '../testing/connectors.js';

const ASK = flow('ask', 'polling', {
  inputs: [{ key: 'cursor', type: 'any' }],
  outputs: [
    { key: 'cursor', type: 'any' },
    { key: 'items', type: 'object', list: true },
  ],
});

/** What is found, as `code pointer message`. */
function found(catchUp: object, delivery: object | undefined, poll: object = { id: '/id' }): readonly string[] {
  const event = { key: 'posted', flow: 'receive', catchUp, ...(delivery === undefined ? {} : { delivery }) };
  const head = manifest({ events: [event], polls: [{ key: 'listed', flow: 'ask', ...poll }] });
  const { diagnostics } = assembleConnector(filesOf(head, [PING, GREET, flow('receive', 'webhook'), ASK]));
  return diagnostics.map(({ code, pointer, message }) => `${code} ${pointer} ${message}`);
}

const ID = { id: [{ from: 'header', name: 'x-id' }] };

test('a poll with ids, and deliveries with ids, go together', () => {
  assert.equal(found({ poll: 'listed' }, ID), []);
  assert.equal(found({ poll: 'listed', silenceSeconds: 600 }, ID), []);
});

for (const [what, faults] of [
  [found({ poll: 'lister' }, ID), [/^connector-catch-up \/events\/0\/catchUp There is no poll "lister"/]],
  [found({ poll: 'listed' }, ID, {}), [/^connector-catch-up .*have no "id"/]],
  [found({ poll: 'listed' }, undefined), [/^connector-catch-up .*Deliveries have no "id"/]],
  [found({ poll: 'lister' }, { ...ID, idIsShared: true }), [/There is no poll/, /^connector-catch-up .*share an id/]],
  [found({ poll: 'listed', silenceSeconds: 1 }, ID), [/silenceSeconds/]],
  [found({}, ID), [/poll/]],
] as const) {
  test(`told: ${faults.join(', ')}`, () => {
    assert.is(what.length, faults.length, what.join('\n'));
    for (const [index, fault] of faults.entries()) assert.match(what[index] ?? '', fault);
  });
}

test.run();
