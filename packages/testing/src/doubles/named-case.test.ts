/** What people call a flow becomes its id, wherever a case names one. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { nameCase } from './named-case.js';

test('a case finds a flow by its name: blanks at the ends and the spelling of accents do not count', () => {
  const flow = { id: 'a', name: 'Cafe\u0301 ', type: 'manual', cards: [] } as const;
  const entry = { id: 'c', run: 'Caf\u00e9', expect: { effects: [{ flow: ' Caf\u00e9' }] } };
  const { entry: named, faults } = nameCase(entry, { flowdeck: 1, flows: [flow] }, []);
  assert.equal([named.run, named.expect.effects, faults], ['a', [{ flow: 'a' }], []]);
});

test.run();
