/** What a file says in text arrives: digits, byte order marks, line ends, places. */
import { standard } from '@flowdeck/cards';
import { isDeck, JsonText } from '@flowdeck/engine/kit';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { checkFlopack, importFlopack, readFlopack } from '../index.js';
import { card, end, flow, graph, pack, start } from '../testing/pack.js';

const { cards = [] } = standard;
const ID = '7615917337495251231';

/** A flow that gives back an object, a number and a list of numbers, with `data` in place of the words. */
function textWith(data: { readonly object: string; readonly number?: string; readonly numbers?: string }): string {
  const body = graph(
    'f',
    [
      start('S'),
      card('A', 'control:let', {
        in: [
          { key: 'object', type: 'object', data: 'OBJECT' },
          { key: 'number', type: 'number', data: 'NUMBER' },
          { key: 'numbers', type: 'number', list: true, data: 'NUMBERS' },
        ],
      }),
      end('R'),
    ],
    ['S A R'],
  );
  return JSON.stringify(pack([flow('f', 'Main', body)]))
    .replace('"OBJECT"', data.object)
    .replace('"NUMBER"', data.number ?? '1')
    .replace('"NUMBERS"', data.numbers ?? '[1]');
}

const assigned = (source: unknown) => {
  const { document, diagnostics } = importFlopack(source, { cards });
  assert.ok(document && isDeck(document), JSON.stringify(diagnostics));
  return { values: document.flows[0]?.cards[0]?.in, diagnostics };
};
const inexact = (found: readonly { readonly code: string }[]) => found.filter(({ code }) => code === 'inexact-number');

test('an id of many digits is kept as text, and told with its place', () => {
  const text = textWith({ object: `{"user":{"id":${ID}},"n":12}` });
  for (const source of [text, new JsonText(text)]) {
    const { values, diagnostics } = assigned(source);
    assert.equal(values?.['object'], { value: { user: { id: ID }, n: 12 } });
    const [told, ...others] = inexact(diagnostics);
    assert.equal(others, []);
    const pointer = '/data/flos/f/data/methods/1/node/model/inputs/data/i_A_object/value/data/user/id';
    assert.equal(
      { ...told, message: '', hint: '' },
      {
        severity: 'warning',
        code: 'inexact-number',
        pointer,
        line: 1,
        column: text.indexOf(`"id":${ID}`) + 1,
        message: '',
        hint: '',
      },
    );
  }
});

test('the literal of a number field stays a number, which is told', () => {
  const { values, diagnostics } = assigned(textWith({ object: '{}', number: ID, numbers: `[2,${ID}]` }));
  assert.is(values?.['number'], Number(ID));
  assert.equal(values?.['numbers'], { value: [2, Number(ID)] });
  assert.is(inexact(diagnostics).length, 2);
});

test('numbers whose digits are kept are not told', () => {
  const { values, diagnostics } = assigned(
    textWith({ object: '{"a":9007199254740991,"b":7615917337495251000,"c":1e30}' }),
  );
  assert.equal(values?.['object'], { value: { a: 9007199254740991, b: 7615917337495251000, c: 1e30 } });
  assert.equal(inexact(diagnostics), []);
});

test('a byte order mark and line ends of Windows change nothing', () => {
  const file = JSON.parse(textWith({ object: '{"a":1}' }));
  const plain = importFlopack(JSON.stringify(file), { cards });
  const windows = `\uFEFF${JSON.stringify(file, null, 2).replaceAll('\n', '\r\n')}\r\n`;
  assert.equal(importFlopack(windows, { cards }), plain);
});

test('what is wrong is found at its line, by every reader', () => {
  const file = JSON.parse(textWith({ object: '{}' }));
  file.data.flos.f.data.methods[1].address = 'nowhere';
  const text = JSON.stringify(file, null, 2);
  const line = text.slice(0, text.indexOf('"nowhere"')).split('\n').length;
  for (const found of [readFlopack(text).diagnostics, checkFlopack(text), importFlopack(text, { cards }).diagnostics]) {
    assert.is(found.find(({ code }) => code === 'malformed-address')?.line, line);
  }
  const [fault] = readFlopack(text.slice(0, 50), { file: 'cut.flopack' }).diagnostics;
  assert.is(fault?.code, 'json-syntax');
  assert.is(fault?.file, 'cut.flopack');
  assert.type(fault?.column, 'number');
});

test.run();
