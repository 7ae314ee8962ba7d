/** Values that adapters store come back as they were, with a seal and without one. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { closeSealed, closeStart, openSealed, openStart } from './sealing.js';

/** Not secret, but told apart by its key. */
const sealBy = (id: string) => ({
  id,
  close: (text: string) => id + [...text].reverse().join(''),
  open: (sealed: string) => (sealed.startsWith(id) ? [...sealed.slice(id.length)].reverse().join('') : null),
});
const START = { runId: 'one', revision: 'r', flow: 'f', inputs: { word: 'aardvark' }, limits: { steps: 7 } };

test('without a seal nothing changes', () => {
  const value = { a: 1 };
  assert.is(closeSealed(undefined, value), value);
  assert.is(openSealed(undefined, value), value);
  assert.is(closeStart(undefined, START), START);
  assert.equal(openStart(undefined, START), START);
});

test('what looks like a sealed value, and is none, comes back as well', () => {
  for (const value of [{ $sealed: 'x' }, { $sealed: 1 }, { $clear: 'x' }, { $clear: { $sealed: 'x' } }])
    for (const seal of [undefined, sealBy('k')]) {
      const stored = JSON.parse(JSON.stringify(closeSealed(seal, value)));
      assert.equal(openSealed(seal, stored), value);
      assert.equal(openSealed(sealBy('k'), JSON.parse(JSON.stringify(closeSealed(undefined, value)))), value);
    }
});

test('what is stored is read by later versions: the keys are these', () => {
  assert.equal(closeSealed(undefined, { $sealed: 1 }), { $clear: { $sealed: 1 } });
  assert.equal(closeSealed(sealBy('k'), 1), { $sealed: 'k1' });
});

test('what cannot be opened says whether there is no key or another one', () => {
  const stored = closeSealed(sealBy('k'), 1);
  assert.throws(() => openSealed(undefined, stored), /is sealed, and no key was given/);
  assert.throws(() => openSealed(sealBy('other'), stored), /was sealed with another key/);
});

test('with a seal the value is not to be seen, and comes back', () => {
  for (const value of [null, 1, 'aardvark', [], { word: 'aardvark' }, { $sealed: 'x', more: 1 }]) {
    const stored = closeSealed(sealBy('k'), value);
    assert.not.match(JSON.stringify(stored), /aardvark/);
    assert.equal(openSealed(sealBy('k'), stored), value);
  }
});

test('of a start its id, revision and flow stay readable', () => {
  const stored = closeStart(sealBy('k'), START);
  assert.ok('sealed' in stored);
  const { sealed, ...clear } = stored;
  assert.equal(clear, { runId: 'one', revision: 'r', flow: 'f' });
  assert.not.match(String(sealed), /aardvark/);
  assert.equal(openStart(sealBy('k'), { ...clear, sealed }), START);
});

test('what was stored in the clear is read with a seal, too', () => {
  assert.equal(openSealed(sealBy('k'), { a: 1 }), { a: 1 });
  assert.equal(openStart(sealBy('k'), START), START);
});

test('another key, or none, is told', () => {
  for (const seal of [undefined, sealBy('other')])
    for (const open of [
      () => openSealed(seal, closeSealed(sealBy('k'), 'word')),
      () => openStart(seal, closeStart(sealBy('k'), START)),
    ])
      assert.throws(open, (error: { code: string }) => error.code === 'runtime-key');
});

test.run();
