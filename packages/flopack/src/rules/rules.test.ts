/** Each rule is told from the others: a file that breaks it is reported under its code. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { blocks, calls, endpoint, event, helper, lanes } from '../testing/samples.js';
import { checkFlopack, RULES } from './index.js';

type Json = Record<string, unknown>;

function at(file: Json, path: string): Json {
  return path.split('/').reduce<Json>((owner, key) => owner[key] as Json, file);
}

/** Sample, path of the object to change, and the change: by rule. */
const BREAKS: Readonly<Record<string, readonly [() => Json, string, (part: Json) => void]>> = {
  'rule-flow-id': [helper, 'data/flos/f1', (part) => Object.assign(part, { id: 'other' })],
  'rule-schedule': [calls, 'data/flos/m1/data', (part) => Object.assign(part, { scheduled: false })],
  'rule-folder-path': [helper, 'data/groups/g1/data', (part) => Object.assign(part, { path: 'gone' })],
  'rule-block-header': [
    blocks,
    'data/flos/f3/data/methods/1/node/model/inputs/data/i_T_flo/value/data',
    (part) => Object.assign(part, { log: true }),
  ],
  'rule-one-trigger': [
    helper,
    'data/flos/f1/data/methods/0',
    (part) => Object.assign(part, { address: 'root:kernel:control:0.0.1:callable' }),
  ],
  'rule-field-ids': [
    helper,
    'data/flos/f1/data/methods/0/node/model/inputs/data/i_R_text',
    (part) => Object.assign(part, { id: 'other' }),
  ],
  'rule-pin-count': [
    lanes,
    'data/flos/f2/data/methods/4/pins/o_A_size/J',
    (part) =>
      (part as unknown as unknown[]).push(
        { input: 'i_J_size', transform: null },
        { input: 'i_J_size', transform: null },
      ),
  ],
  'rule-transform': [
    endpoint,
    'data/flos/e1/data/methods/1/pins/o_G_a_b/W/0/transform/o_G_a_b',
    (part) => Object.assign(part, { dest: 'other' }),
  ],
  'rule-pin-types': [
    endpoint,
    'data/flos/e1/data/methods/1/pins/o_G_a_b/W/0',
    (part) => Object.assign(part, { transform: null }),
  ],
  'rule-order': [
    helper,
    'data/flos/f1/data/orderings',
    (part) => Object.assign(part, { e1: ['S', 'C'], e5: ['X', 'R'] }),
  ],
  'rule-pins-forward': [
    helper,
    'data/flos/f1/data/orderings',
    (part) => Object.assign(part, { e0: ['S', 'C'], e1: ['C', 'X'], e2: ['X', 'R'] }),
  ],
  'rule-card-shape': [helper, 'data/flos/f1/data/methods/0', (part) => delete part['joins']],
  'rule-card-key': [helper, 'data/flos/f1/data/methods/0/node', (part) => Object.assign(part, { key: 'other' })],
  'rule-parents': [
    helper,
    'data/flos/f1/data/methods/0/parents/version',
    (part) => Object.assign(part, { address: 'other' }),
  ],
  'rule-mirrored': [
    helper,
    'data/flos/f1/data/methods/0/node/model/outputs',
    (part) => Object.assign(part, { data: {} }),
  ],
  'rule-parameters': [
    event,
    'data/flos/f5/data/methods/0/node/model/inputs/data/i_E_type',
    (part) => Object.assign(part, { flags: 'p' }),
  ],
  'rule-literal': [
    lanes,
    'data/flos/f2/data/methods/1/node/model/inputs/data/i_I_right_operand/value',
    (part) => Object.assign(part, { data: 'many' }),
  ],
  'rule-proxy': [
    calls,
    'data/flos/m1/data/methods/2/node/model/inputs/data/i_M_mail/value/proxy',
    (part) => Object.assign(part, { dest: { key: 'other', group: null } }),
  ],
  'rule-template': [
    helper,
    'data/flos/f1/data/methods/1/node/model/inputs/data/i_C__text_/value',
    (part) => Object.assign(part, { data: '{{{k2}}}' }),
  ],
  'rule-if': [lanes, 'data/flos/f2/data/methods/2/node/model', (part) => Object.assign(part, { displayed: true })],
  'rule-join': [lanes, 'data/flos/f2/data/methods/5', (part) => Object.assign(part, { joins: {} })],
  'rule-blocks': [
    blocks,
    'data/flos/f3/data/methods/1/node/model/outputs',
    (part) => Object.assign(part, { data: {} }),
  ],
  'rule-handler': [
    blocks,
    'data/flos/f3/data/methods/1/node/model/policy/error',
    (part) => Object.assign(part, { merge: 'split' }),
  ],
  'rule-wormhole': [
    blocks,
    'data/flos/f3/data/methods/1/node/model/inputs/data/i_T_context_K2',
    (part) => Object.assign(part, { key: 'K9' }),
  ],
};

test('every rule has a file that breaks it', () => {
  assert.equal(RULES.map((rule) => rule.code).sort(), Object.keys(BREAKS).sort());
  for (const { code, mayBreak } of RULES) {
    const [sample, path, change] = BREAKS[code] ?? [helper, '', () => {}];
    const file = sample();
    change(at(file, path));
    const found = checkFlopack(file).find((each) => each.code === code);
    assert.is(found?.severity, mayBreak ? 'warning' : 'error', code);
  }
});

test('what the editor itself writes is no error', () => {
  assert.equal(
    RULES.filter(({ mayBreak }) => mayBreak).map(({ code }) => code),
    ['rule-mirrored', 'rule-proxy', 'rule-blocks', 'rule-handler'],
  );
});

test.run();
