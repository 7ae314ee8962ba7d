/** What is promised of `flowdeck schema`: a schema that ajv takes, with the cards of packs in it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Directory, flowdeck, flowdeckIn, GREET } from '../../test/support.js';

const PACK = `
export default { name: 'acme', namespace: 'acme', version: '1.0.0', cards: [{
  id: 'acme.greet', title: 'Greet', description: 'Greets.', kind: 'pure',
  inputs: [{ key: 'tone', type: 'text', required: true, choices: ['kind', 'gruff'] }],
  outputs: [{ key: 'output', type: 'text' }],
  run: (tone) => ({ output: tone }),
}] };
`;

test('the schema knows the cards of the library, of Twilio, and of packs', async () => {
  const { code, stdout } = await flowdeckIn({ 'acme.mjs': PACK }, ['schema', '--pack', './acme.mjs']);
  assert.is(code, 0);
  const validate = new Ajv({ strict: false }).compile(JSON.parse(stdout));
  const isSound = (card: unknown) => validate({ flowdeck: 1, id: 'f', type: 'manual', cards: [card] });
  assert.ok(validate(GREET), JSON.stringify(validate.errors));
  assert.ok(isSound({ card: 'acme.greet', in: { tone: 'kind' } }));
  assert.not.ok(isSound({ card: 'acme.greet', in: { tone: 'shy' } }));
  assert.not.ok(isSound({ card: 'acme.great', in: { tone: 'kind' } }));
  assert.ok(stdout.includes('"twilio.sendMessage"'));
});

test('-o writes a file; one that cannot be written is an error', async () => {
  const directory = new Directory();
  try {
    const { code, stdout } = await flowdeck(['schema', '-o', 'flow.schema.json'], { cwd: directory.path });
    assert.equal([code, stdout], [0, '']);
    const written = JSON.parse(readFileSync(join(directory.path, 'flow.schema.json'), 'utf8'));
    assert.ok(written.definitions.card.properties.card.enum.includes('text.compose'));
    const failed = await flowdeck(['schema', '-o', 'none/flow.schema.json'], { cwd: directory.path });
    assert.is(failed.code, 2);
    assert.match(failed.stderr, /file-unwritable/);
  } finally {
    directory.remove();
  }
});

test.run();
