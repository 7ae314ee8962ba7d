/** The law of edits, on exports that nobody wrote. */
import { standard } from '@flowdeck/cards';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { checkFlopack, exportFlopack, importFlopack } from '../index.js';
import { anyProgram, packOf } from '../testing/arbitrary-pack.js';
import { held } from '../testing/held.js';

const { cards = [] } = standard;
const isFault = ({ severity }: { readonly severity: string }) => severity === 'error';

test('whatever one edits in a generated export, every other card is as it was, and unedited it is the same text', () => {
  let compared = 0;
  fc.assert(
    fc.property(anyProgram, (program) => {
      const original = packOf(program);
      assert.equal(importFlopack(original, { cards }).diagnostics.filter(isFault), []);
      assert.equal(checkFlopack(original).filter(isFault), []);
      compared += held(original, 'generated');
      const { document } = importFlopack(original, { cards });
      assert.ok(document);
      const again = exportFlopack(JSON.parse(JSON.stringify(document)), { cards });
      assert.is(JSON.stringify(again.flopack), JSON.stringify(original));
    }),
    { numRuns: 60 },
  );
  assert.ok(compared > 300, String(compared));
});

test.run();
