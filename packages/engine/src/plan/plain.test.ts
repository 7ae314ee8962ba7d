import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { isSmall } from './plain.js';
import type { Step } from './types.js';

test('a step is small when none of its inputs can be large', () => {
  const small = (...fields: readonly object[]) =>
    // Of a step no more is looked at.
    isSmall({ card: { kind: 'pure' }, extra: [], inputs: fields.map((field) => ({ field })) } as unknown as Step);
  assert.is(small({ type: 'number' }, { type: 'boolean' }), true);
  assert.is(small({ type: 'number' }, { type: 'text' }), false);
  assert.is(small({ type: 'number', list: true }), false);
});

test.run();
