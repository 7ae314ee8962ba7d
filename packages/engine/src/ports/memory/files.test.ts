/** Files in memory. */
import { ManualClock } from '@flowdeck/testing';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { LimitError } from '../../errors.js';
import { memoryFiles } from './files.js';

const clock = new ManualClock({ start: 5 });

async function bytesOf(content: AsyncIterable<Uint8Array> | null): Promise<number[]> {
  const bytes: number[] = [];
  for await (const part of content ?? []) bytes.push(...part);
  return bytes;
}

test('a file is given in parts, kept and read back', async () => {
  const files = memoryFiles(clock);
  async function* parts() {
    const shared = new Uint8Array([1, 2]);
    yield shared;
    shared.fill(9);
    yield shared;
  }
  const ref = await files.put({ name: 'a.bin', mediaType: 'x/y' }, parts());
  assert.is(ref.size, 4);
  assert.is(ref.mediaType, 'x/y');
  assert.equal(await bytesOf(await files.read(ref.id)), [1, 2, 9, 9]);
  assert.equal(await files.info(ref.id), { ref, created: 5, updated: 5 });
  assert.is(await files.remove(ref.id), true);
  assert.is(await files.remove(ref.id), false);
  assert.is(await files.read(ref.id), null);
  assert.is(await files.info('__proto__'), null);
});

test('what is larger than allowed is refused while it comes, and leaves nothing behind', async () => {
  const files = memoryFiles(clock, { fileBytes: 10, totalBytes: 15 });
  let taken = 0;
  function* endless() {
    for (;;) {
      taken += 4;
      yield new Uint8Array(4);
    }
  }
  const refused = async (work: Promise<unknown>) => {
    const error = await work.then(
      () => null,
      (error: unknown) => error,
    );
    assert.instance(error, LimitError);
  };
  await refused(files.put({ name: 'a' }, endless()));
  assert.is(taken, 12);
  const ref = await files.put({ name: 'a' }, new Uint8Array(10));
  await refused(files.put({ name: 'b' }, new Uint8Array(6)));
  await files.remove(ref.id);
  await files.put({ name: 'b' }, new Uint8Array(6));
});

test('content that fails keeps nothing, and its error is told', async () => {
  const files = memoryFiles(clock);
  function* failing() {
    yield new Uint8Array(1);
    throw new Error('broken off');
  }
  const error = await files.put({ name: 'a' }, failing()).catch((error: unknown) => error);
  assert.is((error as Error).message, 'broken off');
});

test.run();
