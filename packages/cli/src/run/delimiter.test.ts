import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { delimiterOf } from './delimiter.js';

const CASES: readonly (readonly [text: string, delimiter: string])[] = [
  ['name,n\nAda,1', ','],
  ['name;n\nAda;1', ';'],
  ['name\tn\r\nAda\t1', '\t'],
  ['"a;b","c"\n1,2', ','],
  ['"a,b";c\n1;2', ';'],
  ['name', ','],
  ['name\na;b,c', ','],
  ['name|n\nAda|1', '|'],
  ['name;price, all;n\nAda;1;2', ';'],
  ['"Name" ; "N"\nAda;1', ';'],
  ['x|y\n1|2', ','],
  ['', ','],
];

for (const [text, delimiter] of CASES) {
  test(`the delimiter of ${JSON.stringify(text)}`, () => {
    assert.is(delimiterOf(new TextEncoder().encode(text), ['name', 'n']), delimiter);
  });
}

test.run();
