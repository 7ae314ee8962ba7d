/** A runtime whose package is not installed says what to install, and any other fault stays what it is. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { withPeers } from './peer.js';

const faultOf = (load: () => Promise<unknown>): Promise<unknown> =>
  withPeers(['@flowdeck/runtime-gone', 'gone-sdk@1.2.3'], load).then(
    () => null,
    (error: unknown) => error,
  );

test('a package that is not there is named with its version', async () => {
  for (const name of ['@flowdeck/runtime-gone', 'gone-sdk']) {
    const { code, hint } = (await faultOf(() => import(name))) as { code: string; hint: string }; // a UsageError
    assert.is(code, 'runtime-package');
    assert.is(hint, 'npm install @flowdeck/runtime-gone gone-sdk@1.2.3');
  }
});

test('what such a package itself lacks is not taken for it', async () => {
  const { code } = (await faultOf(() => import('another-gone' as string))) as { code: string }; // of the platform
  assert.is(code, 'ERR_MODULE_NOT_FOUND');
});

test('what is there is given', async () => {
  assert.is(await withPeers(['x'], async () => 7), 7);
});

test.run();
