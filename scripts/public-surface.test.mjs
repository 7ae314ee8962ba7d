// The committed reports of what every package gives out are current: a change of the public surface shows in the diff.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { doors, report } from './public-surface.mjs';

test('docs/api tells what the packages give out', () => {
  assert.ok(doors().length >= 12, `${doors().length} doors`);
  const { stale, messages } = report({ isCheck: true });
  assert.equal(messages, []);
  assert.equal(stale, [], 'not current: npm run docs:api');
});

test.run();
