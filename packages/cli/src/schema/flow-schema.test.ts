/** The schema for editors, held against flows with ajv. */
import { readFileSync } from 'node:fs';
import { standard } from '@flowdeck/cards';
import { Ajv } from 'ajv';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { flowSchema } from './flow-schema.js';

const base = JSON.parse(readFileSync(new URL('../../../engine/schema/flow-1.json', import.meta.url), 'utf8'));
const schema = flowSchema(base, standard.cards ?? []);
const validate = new Ajv({ strict: false, allErrors: true }).compile(schema as object);
const faults = (cards: unknown[]) => {
  validate({ flowdeck: 1, id: 'f', type: 'manual', cards });
  return (validate.errors ?? []).map(({ instancePath, keyword }) => `${instancePath} ${keyword}`);
};

test('a sound flow is sound', () => {
  assert.equal(faults([{ card: 'text.compose', in: { template: 'Hi {{{x}}}', x: { from: '/inputs/x' } } }]), []);
  assert.equal(faults([{ card: 'control.lookup', in: { key: 'a', 'options/a': 1 } }]), []);
});

test('card names, fields and choices are known', () => {
  assert.ok(faults([{ card: 'text.compsoe', in: {} }]).includes('/cards/0/card enum'));
  assert.ok(
    faults([{ card: 'text.base64Encode', in: { text: 'a', txt: 'b' } }]).includes('/cards/0/in additionalProperties'),
  );
  assert.ok(faults([{ card: 'text.base64Encode', in: {} }]).includes('/cards/0/in required'));
  assert.ok(
    faults([{ card: 'boolean.compare', in: { operator: '=>' } }]).some((fault) =>
      fault.startsWith('/cards/0/in/operator'),
    ),
  );
  assert.equal(faults([{ card: 'boolean.compare', in: { operator: { from: '/inputs/o' } } }]), []);
});

test('blocks are known', () => {
  assert.ok(faults([{ card: 'error.ifError' }]).includes('/cards/0 required'));
  assert.ok(
    faults([{ card: 'control.ifElse', in: {}, blocks: { otherwise: { cards: [] } } }]).includes(
      '/cards/0/blocks additionalProperties',
    ),
  );
});

test('every card of the library has a description for its name', () => {
  const { enum: ids, enumDescriptions } = (
    schema as { definitions: { card: { properties: { card: { enum: string[]; enumDescriptions: string[] } } } } }
  ).definitions.card.properties.card;
  assert.is(ids.length, (standard.cards ?? []).length);
  assert.is(enumDescriptions.length, ids.length);
});

test.run();
