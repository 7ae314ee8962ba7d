import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { delimitedFile } from './delimiter.js';

const CASES: readonly (readonly [text: string, delimiter: string, rest: string])[] = [
  ['name,n\nAda,1', ',', 'name,n\nAda,1'],
  ['name;n\nAda;1', ';', 'name;n\nAda;1'],
  ['name\tn\r\nAda\t1', '\t', 'name\tn\r\nAda\t1'],
  ['"a;b","c"\n1,2', ',', '"a;b","c"\n1,2'],
  ['"a,b";c\n1;2', ';', '"a,b";c\n1;2'],
  ['name', ',', 'name'],
  ['name\na;b,c', ',', 'name\na;b,c'],
  ['sep=;\r\nname;n\r\nAda;1', ';', 'name;n\r\nAda;1'],
  ['\uFEFFsep=|\nname|n', '|', 'name|n'],
  ['sep=,\nname;x,n', ',', 'name;x,n'],
  ['"sep=;"\nname;n', ';', 'name;n'],
  ['name|n\nAda|1', '|', 'name|n\nAda|1'],
  ['name;price, all;n\nAda;1;2', ';', 'name;price, all;n\nAda;1;2'],
  ['"Name" ; "N"\nAda;1', ';', '"Name" ; "N"\nAda;1'],
  ['x|y\n1|2', ',', 'x|y\n1|2'],
  ['sep=;', ';', ''],
  ['', ',', ''],
];

for (const [text, delimiter, rest] of CASES) {
  test(`the delimiter of ${JSON.stringify(text)}`, () => {
    const found = delimitedFile(new TextEncoder().encode(text), ['name', 'n']);
    assert.is(found.delimiter, delimiter);
    assert.is(new TextDecoder().decode(found.content), rest);
  });
}

test.run();
