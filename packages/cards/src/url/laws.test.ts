/** Laws of the URL cards. */
import { type CardType, FlowdeckError, type Outputs, type ValueObject } from '@flowdeck/engine';
import { runCard } from '@flowdeck/testing';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { decodeQuery } from './decode-query.js';
import { encodeQuery } from './encode-query.js';
import { format } from './format.js';
import { urlParse } from './parse.js';

const run = (card: CardType, inputs: ValueObject) => runCard(card, inputs) as Outputs;
const text = fc.string({ unit: 'grapheme' });
const key = fc.oneof(text, fc.constantFrom('__proto__', 'constructor', 'a b', '&', '='));

test('Decode Query undoes Encode Query', () => {
  const values = fc.oneof(text, fc.array(text, { minLength: 2, maxLength: 4 }));
  fc.assert(
    fc.property(fc.array(fc.tuple(key, values), { maxLength: 5 }), (entries) => {
      const query = Object.fromEntries(entries);
      const output = run(encodeQuery, { query })['output'] ?? null;
      // As text: comparing a key named constructor misleads the comparison of objects.
      assert.is(JSON.stringify(run(decodeQuery, { query: output })['output']), JSON.stringify(query));
    }),
  );
});

test('the platform reads what Encode Query writes, and Decode Query what the platform writes', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.tuple(key, text), { maxLength: 5, selector: ([name]) => name }), (entries) => {
      const query = Object.fromEntries(entries);
      const written = String(run(encodeQuery, { query })['output']);
      assert.is(JSON.stringify(Object.fromEntries(new URLSearchParams(written))), JSON.stringify(query));
      const standard = new URLSearchParams(Object.entries(query)).toString();
      assert.is(JSON.stringify(run(decodeQuery, { query: standard })['output']), JSON.stringify(query));
    }),
  );
});

test('what Format makes is a URL for everyone, and Parse finds its parts', () => {
  fc.assert(
    fc.property(fc.webPath(), text, fc.option(fc.nat(65_535)), fc.domain(), (path, query, port, host) => {
      const url = String(run(format, { protocol: 'https', host, port, path: path + query, query })['url']);
      const standard = new URL(url);
      const parts = run(urlParse, { url });
      assert.is(standard.hostname, parts['host']);
      assert.is(
        `?${parts['query']}`.replace(/^\?$/, '').replaceAll("'", '%27'),
        standard.search.replaceAll("'", '%27'),
      );
      assert.equal(parts['port'], port);
      assert.is(standard.hash, '');
      assert.is(run(format, parts as ValueObject)['url'], url, 'once more, the same');
    }),
  );
});

test('no text makes Parse fail otherwise than as documented', () => {
  const fragments = fc.constantFrom(
    'http',
    '://',
    ':',
    '/',
    '?',
    '#',
    '@',
    '[',
    ']',
    '\\',
    '%',
    'a.com',
    '80',
    ' ',
    '\n',
    '::1',
  );
  fc.assert(
    fc.property(fc.array(fragments, { maxLength: 10 }), (pieces) => {
      try {
        const parts = run(urlParse, { url: pieces.join('') });
        assert.ok(!/[@/\\?#\s]/.test(String(parts['host'])), String(parts['host']));
      } catch (error) {
        assert.ok(error instanceof FlowdeckError && error.code === 'invalid-url');
      }
    }),
    { numRuns: 2000 },
  );
});

test('long URLs and queries take linear time', () => {
  for (const piece of ['@', ':', '[', '/', '?', 'a']) {
    try {
      run(urlParse, { url: `http://${piece.repeat(1_000_000)}` });
    } catch (error) {
      assert.ok(error instanceof FlowdeckError);
    }
  }
  const output = run(decodeQuery, { query: 'a=1&'.repeat(1_000_000) })['output'];
  assert.is((output as { a: string[] }).a.length, 1_000_000);
});

test.run();
