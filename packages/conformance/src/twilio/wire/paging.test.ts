/** Pages: every item once, forwards and backwards, whatever arrives or vanishes meanwhile. */

import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createShelf } from '../shelf.js';
import { createSidSource } from '../sids.js';
import { pageOf } from './paging.js';

function setUp(count: number) {
  const sids = createSidSource('paging');
  const shelf = createShelf<{ readonly sid: string }>(sids);
  const items = Array.from({ length: count }, () => ({ sid: sids.next('SM') }));
  for (const item of items) shelf.add(item);
  const page = (query: string) => {
    const origin = 'https://api.twilio.com';
    const request = { path: '/Messages.json', query: new URLSearchParams(query), key: 'messages', origin };
    return pageOf({ shelf, show: (item) => item.sid }, request);
  };
  return { sids, shelf, items, page };
}

const queryOf = (link: unknown) => (typeof link === 'string' ? link.slice(link.indexOf('?')) : '');
const list = (fields: Record<string, unknown>): unknown[] =>
  Array.isArray(fields['messages']) ? fields['messages'] : [];

test('following next_page_uri shows every item once, newest first', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 15 }), (count, size) => {
      const { items, page } = setUp(count);
      const seen: unknown[] = [];
      let fields = page(`PageSize=${size}`);
      for (;;) {
        seen.push(...list(fields));
        if (fields['next_page_uri'] === null) break;
        fields = page(queryOf(fields['next_page_uri']));
      }
      assert.equal(seen, items.map((item) => item.sid).reverse());
    }),
  );
});

test('previous_page_uri leads back to the same page', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 40 }), fc.integer({ min: 1, max: 15 }), (count, size) => {
      const { page } = setUp(count);
      const first = page(`PageSize=${size}`);
      if (first['next_page_uri'] === null) return;
      const second = page(queryOf(first['next_page_uri']));
      const back = page(queryOf(second['previous_page_uri']));
      assert.equal(list(back), list(first));
      assert.is(back['page'], 0);
    }),
  );
});

test('an item that vanishes or arrives hides and repeats no other', () => {
  const { items, page, shelf, sids } = setUp(6);
  const expected = items.map((item) => item.sid).reverse();
  const first = page('PageSize=2');
  shelf.delete(items[4]!.sid); // the last item of the first page, which the token names
  shelf.add({ sid: sids.next('SM') });
  assert.equal(list(page(queryOf(first['next_page_uri']))), expected.slice(2, 4));
});

test('links keep the filters and count the pages', () => {
  const { page } = setUp(3);
  const fields = page('To=%2B1555&DateSent%3E=2024-01-01&PageSize=2');
  assert.match(
    String(fields['next_page_uri']),
    /^\/Messages\.json\?To=%2B1555&DateSent%3E=2024-01-01&PageSize=2&Page=1&PageToken=PASM/,
  );
  assert.is(fields['first_page_uri'], '/Messages.json?To=%2B1555&DateSent%3E=2024-01-01&PageSize=2&Page=0');
  assert.is(fields['previous_page_uri'], null);
});

test('start and end count across pages', () => {
  const { page } = setUp(3);
  const second = page(queryOf(page('PageSize=2')['next_page_uri']));
  assert.equal([second['start'], second['end'], second['page'], second['page_size']], [2, 2, 1, 2]);
});

test('an empty list has neither next nor previous page', () => {
  const fields = setUp(0).page('');
  assert.equal(
    [fields['start'], fields['end'], fields['page_size'], fields['next_page_uri'], fields['previous_page_uri']],
    [0, 0, 50, null, null],
  );
});

test('a size over 1000 and a foreign token are refused', () => {
  const { page } = setUp(1);
  assert.throws(() => page('PageSize=1001'), /at most 1000/);
  assert.throws(() => page('PageSize=99999999999999999999'), /at most 1000/);
  assert.throws(() => page('PageToken=PASM0'), /token/);
  assert.throws(() => page('PageToken='), /token/);
});

test.run();
