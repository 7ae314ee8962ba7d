/** Header fields: case, order, what may be sent, what follows a redirect. */
import { HttpError } from '@flowdeck/engine';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { forOtherOrigin, readHeaders, toLines, usualFields, withoutBody } from './headers.js';

const target = { method: 'GET', url: new URL('https://api.test:8443/path?key=secret') };
const DEFAULTS = ['Accept', '*/*', 'Accept-Encoding', 'gzip, deflate, br', 'User-Agent', 'flowdeck'];

function lines(headers: Record<string, string>): string[] {
  return toLines(readHeaders(headers, target, usualFields('flowdeck')));
}

test('defaults are sent, and a flow can replace each', () => {
  assert.equal(lines({}), DEFAULTS);
  assert.equal(lines({ ACCEPT: 'text/xml', 'user-agent': 'me', 'accept-encoding': 'identity' }), [
    'ACCEPT',
    'text/xml',
    'accept-encoding',
    'identity',
    'user-agent',
    'me',
  ]);
});

test('the last of several names that differ in case wins, and is sent once', () => {
  const headers = { 'Content-Type': 'application/json', 'content-type': 'text/plain', 'CONTENT-TYPE': 'text/csv' };
  assert.equal(lines(headers), [...DEFAULTS, 'CONTENT-TYPE', 'text/csv']);
});

test('whatever the headers, each name goes out once', () => {
  const name = fc.constantFrom('X-A', 'x-a', 'X-a', 'Accept', 'ACCEPT', 'Cookie', 'cookie');
  fc.assert(
    fc.property(fc.dictionary(name, fc.constantFrom('1', '2')), (headers) => {
      const names = lines(headers)
        .filter((_, index) => index % 2 === 0)
        .map((sent) => sent.toLowerCase());
      assert.is(new Set(names).size, names.length);
    }),
  );
});

test('what describes the connection or the length is dropped', () => {
  const own = {
    Connection: 'close',
    'Content-Length': '5',
    'Transfer-Encoding': 'chunked',
    TE: 'x',
    Expect: '100-continue',
  };
  assert.equal(
    lines({ ...own, 'Keep-Alive': 'x', 'Proxy-Connection': 'x', Trailer: 'x', Host: 'API.test:8443' }),
    DEFAULTS,
  );
});

test('http-header: names and values that cannot be sent, told without the value', () => {
  const faulty: Record<string, string>[] = [
    { '': 'secret' },
    { 'a b': 'secret' },
    { 'secret:': 'x' },
    { 'X-Ä': 'secret' },
    { 'X-A\r\nX-B': 'secret' },
    { 'X-A': 'secret\r\nX-Injected: 1' },
    { 'X-A': 'secret\n' },
    { 'X-A': 'secret\0' },
    { 'X-A': 'secret €' },
    { Host: 'secret.test' },
    { Upgrade: 'secret' },
  ];
  for (const headers of faulty) {
    assert.throws(
      () => readHeaders(headers, target, usualFields('flowdeck')),
      (error: unknown) =>
        error instanceof HttpError &&
        error.code === 'http-header' &&
        error.hint !== undefined &&
        !error.message.includes('secret') &&
        error.extra['url'] === 'https://api.test:8443/path',
      JSON.stringify(headers),
    );
  }
});

test('http-header: a value that is no text', () => {
  // Plain JavaScript can hand over anything.
  const headers = { 'X-A': 5 } as unknown as Record<string, string>;
  assert.throws(
    () => readHeaders(headers, target, usualFields('flowdeck')),
    (error: HttpError) => error.code === 'http-header',
  );
});

test('Latin-1, tabs and empty values can be sent; space around them goes', () => {
  assert.equal(lines({ 'X-A': ' \tGrüße\tan ', 'X-B': '' }), [...DEFAULTS, 'X-A', 'Grüße\tan', 'X-B', '']);
});

test('to another origin go harmless headers only, whatever a secret one is called', () => {
  const fields = readHeaders(
    {
      Authorization: 'x',
      Cookie: 'x',
      'Proxy-Authorization': 'x',
      'X-Api-Key': 'x',
      'X-Custom': 'x',
      'Content-Type': 'a/b',
    },
    target,
    usualFields('flowdeck'),
  );
  assert.equal(toLines(forOtherOrigin(fields)), [...DEFAULTS, 'Content-Type', 'a/b']);
  assert.equal(toLines(withoutBody(forOtherOrigin(fields))), DEFAULTS);
});

test.run();
