import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ConversionError } from '../errors.js';
import { parseJsonText, toJsonText } from './json.js';
import { keepDigits } from './json-digits.js';
import { FileRef, type Value, type ValueObject } from './types.js';

test('a whole number that would change is the text of its digits', () => {
  assert.equal(parseJsonText('{"id":7615917337495251231,"ids":[-9007199254740993, 1]}'), {
    id: '7615917337495251231',
    ids: ['-9007199254740993', 1],
  });
  assert.is(parseJsonText('12345678901234567890'), '12345678901234567890');
});

test('numbers that are kept, and measures, stay numbers', () => {
  for (const [text, value] of [
    ['9007199254740991', 9007199254740991],
    ['9007199254740992', 9007199254740992],
    ['100000000000000000000', 1e20],
    ['0.12345678901234567890', 0.12345678901234568],
    ['1234567890123456789e2', 123456789012345680000],
    ['-0', -0],
  ] as const) {
    assert.is(parseJsonText(text), value);
  }
});

test('short numbers stay as they are beside one that is kept as text', () => {
  assert.is(keepDigits('[-0,1.50,7615917337495251231]'), '[-0,1.50,"7615917337495251231"]');
});

test('digits inside text are left alone', () => {
  const text = String.raw`{"7615917337495251231":"\"7615917337495251231","b\\":["7615917337495251231\\"]}`;
  assert.is(keepDigits(text), text);
  assert.equal(parseJsonText(text), JSON.parse(text));
});

test('a whole number keeps its digits, whichever it is', () => {
  assert.is(parseJsonText('578409822158376320'), '578409822158376320');
  assert.is(parseJsonText('578409822158376300'), 578409822158376300);
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), (id) => {
      const value = parseJsonText(`${id}`);
      assert.is(BigInt(String(value)), id);
    }),
  );
});

test('a whole number with a point behind it keeps its digits as well', () => {
  for (const text of ['9007199254740993.0', '-12345678901234567.50', '12345678901234567890.00']) {
    assert.is(parseJsonText(text), text);
    assert.equal(parseJsonText(`{"a":[${text}]}`), { a: [text] });
  }
  assert.is(parseJsonText('9007199254740992.25'), 9007199254740992);
  assert.is(parseJsonText('9007199254740993.0e0'), 9007199254740992);
  assert.is(parseJsonText('12345678901234567.0'.slice(1)), 2345678901234567);
});

test('what was written from values is read as it was', () => {
  fc.assert(
    fc.property(
      fc.jsonValue({ noUnicodeString: false }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      (value, n) => {
        const text = JSON.stringify([value, n]);
        assert.equal(parseJsonText(text), JSON.parse(text));
      },
    ),
  );
  assert.equal(parseJsonText(toJsonText([1e20, 2 ** 60, 1e21])), [1e20, 2 ** 60, 1e21]);
});

test('a byte order mark is passed over, once', () => {
  assert.equal(parseJsonText('\uFEFF{"a":1}'), { a: 1 });
  assert.throws(() => parseJsonText('\uFEFF\uFEFF1'), /line 1, column 1 a value is expected/);
});

for (const [text, words] of [
  ['', 'it is empty'],
  ['{"a":1,\n  b:2}', 'line 2, column 3 a name in double quotes is expected'],
  ['{"a":1,\r\n"b":}', 'line 2, column 5 a value is expected'],
  ['[1,2,]', 'line 1, column 5 a comma stands before the closing bracket'],
  ['[1 2]', 'line 1, column 4 a comma or the closing bracket is expected'],
  ['{"a" 1}', 'line 1, column 6 a colon is expected'],
  ['{} {}', 'line 1, column 4 more follows after the end of the value'],
  ['["\\x"]', 'line 1, column 3 an unknown escape'],
  ['["\\u12"]', 'line 1, column 3 an unknown escape'],
  ['["\\u123"]', 'line 1, column 3 an unknown escape'],
  ['["\\u12g4"]', 'line 1, column 3 an unknown escape'],
  ['["a\nb"]', 'line 1, column 4 a line break or control character'],
  ['["secret', 'line 1, column 2 a text begins that has no closing quote'],
  ['[1', 'line 1, column 3 the text ends too early'],
] as const) {
  test(`where the fault of ${JSON.stringify(text)} lies, without the text`, () => {
    assert.throws(
      () => parseJsonText(text),
      ({ message }: Error) => message.includes(words) && !message.includes('secret'),
    );
  });
}

test('what stands in many places is looked at and written once', () => {
  let looks = 0;
  const doubled = (levels: number): ValueObject => {
    let value: ValueObject = { on: new Date(0), file: new FileRef('f', 'n.txt') };
    for (let level = 0; level < levels; level++) {
      value = new Proxy(
        { a: value, b: [value] },
        {
          ownKeys(target) {
            looks++;
            return Reflect.ownKeys(target);
          },
        },
      );
    }
    return value;
  };
  assert.throws(
    () => toJsonText(doubled(40)),
    (error: unknown) => error instanceof ConversionError && /too long/.test(error.message),
  );
  const value = doubled(14);
  assert.equal(
    JSON.parse(toJsonText(value)),
    JSON.parse(JSON.stringify(value, (_, part: Value) => (part instanceof FileRef ? part.id : part))),
  );
  assert.ok(looks < 200_000, `looked ${looks} times`);

  const deep = (levels: number, end: Value): Value => {
    let nested = end;
    for (let level = 0; level < levels; level++) nested = [nested];
    return nested;
  };
  const shared = doubled(14);
  assert.ok(toJsonText(deep(900, shared)));
  assert.throws(
    () => toJsonText([shared, deep(990, shared)]),
    (error: unknown) => error instanceof ConversionError && /1000 levels/.test(error.message),
  );
});

test('long text that nests too deep is refused before it is read, brackets in texts are none', () => {
  const long = ' '.repeat(100_000);
  assert.throws(() => parseJsonText(`${'['.repeat(1_001)}${long}`), /more than 1000 levels/);
  assert.throws(() => parseJsonText(`{"a":${'[{"b":'.repeat(600)}${long}`), /more than 1000 levels/);
  const quoted = `["${'['.repeat(2_000)}\\"[",[]${long}]`;
  assert.equal(parseJsonText(quoted), JSON.parse(quoted));
  const wide = `[${'[],{},'.repeat(2_000)}0${long}]`;
  assert.is((parseJsonText(wide) as unknown[]).length, 4_001);
  assert.throws(() => parseJsonText(`["]${long}`), /closing quote|ends too early/);
});

test.run();
