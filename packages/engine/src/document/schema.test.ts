import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { FIELD_TYPES } from '../values/index.js';
import { FLOW_TYPES } from './index.js';
import { shapes } from './validate.generated.js';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const schema = JSON.parse(read('../../schema/flow-1.json'));
const generated = read('./validate.generated.js');

test('the generated validator is that of the schema', async () => {
  // The script is plain JavaScript without declarations; a computed address keeps it out of the type check.
  const script: { generate(): Promise<string> } = await import(
    new URL('../../scripts/prebuild.mjs', import.meta.url).href
  );
  assert.ok((await script.generate()) === generated, 'stale: run packages/engine/scripts/prebuild.mjs');
});

test('the generated validator stands alone and evaluates no text as code', () => {
  assert.not.match(generated, /\beval\b|\bFunction\b|\brequire\b|\bimport\b/);
});

test('the lists of the schema are those of the types', () => {
  assert.equal(schema.definitions.flowType.enum, [...FLOW_TYPES]);
  assert.equal(schema.definitions.field.properties.type.enum, [...FIELD_TYPES]);
});

test('a flow of a deck is a flow without what the deck says', () => {
  const inDeck = Object.keys(shapes['deckFlow']?.properties ?? {});
  const alone = Object.keys(shapes['flow']?.properties ?? {});
  assert.equal(
    inDeck,
    alone.filter((key) => !['$schema', 'flowdeck', 'requires'].includes(key)),
  );
});

test('everything in the schema is explained', () => {
  type Part = { description?: string; $ref?: string; properties?: Record<string, Part> };
  for (const [name, definition] of Object.entries<Part>(schema.definitions)) {
    assert.ok(definition.description, name);
    for (const [key, part] of Object.entries(definition.properties ?? {})) {
      assert.ok(part.description ?? part.$ref, `${name}.${key}`);
    }
  }
});

test.run();
