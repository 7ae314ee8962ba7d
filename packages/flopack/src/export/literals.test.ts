/** A literal is written as its field asks for it, means the same as it does here, or is refused. */
import { standard } from '@flowdeck/cards';
import type { FlowFile } from '@flowdeck/engine';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { checkFlopack, exportFlopack } from '../index.js';
import { isObject, member } from '../json.js';

const { cards = [] } = standard;

/** What the export holds for the input of an Absolute Value or a Not, which it calls `a`. */
function written(card: string, name: string, value: unknown) {
  const document = {
    flowdeck: 1,
    id: 'f',
    type: 'helper',
    cards: [{ id: 'a', card, in: { [name]: typeof value === 'object' ? { value } : value } }],
  } as FlowFile; // a whole flow, whatever the value is
  const { flopack, diagnostics } = exportFlopack(document, { cards });
  const [, node] = (member(member(member(member(member(flopack, 'data'), 'flos'), idOf(flopack)), 'data'), 'methods') ??
    []) as unknown[]; // the start, and the card
  const fields = member(member(member(member(node, 'node'), 'model'), 'inputs'), 'data');
  const field = Object.values(isObject(fields) ? fields : {}).find((each) => member(each, 'key') === 'a');
  return { data: member(member(field, 'value'), 'data'), diagnostics, flopack };
}

function idOf(flopack: unknown): string {
  const flows = member(member(flopack, 'data'), 'flos');
  return isObject(flows) ? (Object.keys(flows)[0] ?? '') : '';
}

test('text that holds a number is written as one', () => {
  const { data, flopack } = written('number.absoluteValue', 'number', ' 12.5 ');
  assert.is(data, 12.5);
  assert.equal(
    checkFlopack(flopack).filter(({ code }) => code === 'rule-literal'),
    [],
  );
});

test('text that holds no number is refused with its place', () => {
  const { flopack, diagnostics } = written('number.absoluteValue', 'number', 'twelve');
  assert.is(flopack, null);
  assert.equal(
    diagnostics.map(({ code, pointer, severity }) => ({ code, pointer, severity })),
    [{ code: 'not-exportable', pointer: '/cards/0/in/number', severity: 'error' }],
  );
  assert.match(diagnostics[0]?.message ?? '', /"a" cannot hold this value.*number/);
});

test('text at a true/false input means what it means here', () => {
  assert.is(written('boolean.not', 'a', 'yes').data, true);
  assert.is(written('boolean.not', 'a', 'False').data, false);
});

test.run();
