/** Export Flow writes what can be loaded again. */
import { createEngine, type FileRef, memoryFiles, systemClock } from '@flowdeck/engine';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { standard } from '../index.js';

async function exported(inputs: Record<string, unknown>): Promise<{ filename: string; size: number; text: string }> {
  const files = memoryFiles(systemClock());
  const engine = createEngine({ packs: [standard], ports: { files } });
  const helper = {
    id: 'helper',
    type: 'helper',
    name: 'Hélper',
    cards: [{ id: 'a', card: 'control.assign', in: { x: 1, list: { value: ['y'] } } }],
  };
  const main = {
    id: 'main',
    type: 'manual',
    cards: [{ card: 'flow.exportFlow', in: { flow: { flow: 'helper' }, ...inputs } }],
  };
  const { error, outputs } = await engine.run(engine.load({ flowdeck: 1, flows: [main, helper] }), { flow: 'main' });
  assert.is(error, null);
  const { file, filename, size } = outputs as unknown as { file: FileRef; filename: string; size: number };
  const parts: Uint8Array[] = [];
  for await (const part of (await files.read(file.id)) ?? []) parts.push(part);
  const text = Buffer.concat(parts).toString('utf8');
  assert.is(Buffer.byteLength(text), size);
  assert.is(file.name, filename);
  return { filename, size, text };
}

test('the file is a flow file of the one flow', async () => {
  const { filename, text } = await exported({});
  assert.is(filename, 'helper.flow.json');
  const deck = createEngine({ packs: [standard] }).load(text);
  assert.equal(
    deck.flows.map(({ id, name, type }) => ({ id, name, type })),
    [{ id: 'helper', name: 'Hélper', type: 'helper' }],
  );
  assert.is(text.trimEnd().split('\n').length, 1);
});

test('it is indented as asked, by 1 to 8 blanks', async () => {
  const second = async (inputs: Record<string, unknown>) => (await exported(inputs)).text.split('\n')[1];
  assert.match((await second({ pretty: true })) ?? '', /^ {2}"/);
  assert.match((await second({ pretty: true, indent: 4 })) ?? '', /^ {4}"/);
  assert.match((await second({ pretty: true, indent: 99 })) ?? '', /^ {8}"/);
  assert.match((await second({ pretty: true, indent: -1 })) ?? '', /^ "/);
});

test.run();
