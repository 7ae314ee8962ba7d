/** Form bodies count only under their right media type. */

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parseForm } from './form.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const BODY = bytes('To=%2B15551230001&From=%2B15551230002&Body=Code%3A+42+%26+ok+%2B+%C3%BCn%C3%AF');

test('a form is decoded', () => {
  const form = parseForm('application/x-www-form-urlencoded', BODY);
  assert.equal(
    [...form],
    [
      ['To', '+15551230001'],
      ['From', '+15551230002'],
      ['Body', 'Code: 42 & ok + ünï'],
    ],
  );
});

test('case and parameters of the media type do not matter', () => {
  assert.is(parseForm(' Application/X-WWW-Form-Urlencoded ; charset=UTF-8', BODY).get('To'), '+15551230001');
});

for (const type of ['application/x-form-url-encoded', 'application/json', 'text/plain', '', undefined]) {
  test(`no parameters under ${type ?? 'no type'}`, () => {
    assert.is([...parseForm(type, BODY)].length, 0);
  });
}

test('an unencoded plus is a space, an unencoded ampersand cuts', () => {
  const form = parseForm('application/x-www-form-urlencoded', bytes('To=+1555&Body=a&b'));
  assert.is(form.get('To'), ' 1555');
  assert.is(form.get('Body'), 'a');
});

test.run();
