/** Shelves: order, places of what is gone, and a long list in steady memory. */

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { startTwilioService } from './service.js';
import { defaultTwilioAccount } from './setup.js';
import { createShelf, type Listing } from './shelf.js';
import { createSidSource } from './sids.js';
import { call, pathOf } from './test-client.js';
import { pageOf } from './wire/paging.js';

const HISTORY = 100_000;

test('100,000 messages are listed by next_page_uri, each once', async () => {
  const accounts = [{ ...defaultTwilioAccount(), history: HISTORY }];
  const twilio = await startTwilioService({ accounts, keepRequests: 10 });
  try {
    const seen = new Set<string>();
    let path: string | null = pathOf(twilio, '/Messages.json?PageSize=1000');
    while (path !== null) {
      const page: { messages: { sid: string }[]; next_page_uri: string | null } = JSON.parse(
        (await call(twilio, path)).text,
      );
      for (const { sid } of page.messages) seen.add(sid);
      path = page.next_page_uri;
    }
    assert.is(seen.size, HISTORY);
    assert.is(twilio.requests.length, 10);
  } finally {
    await twilio.close();
  }
});

test('a page looks at no more resources than it shows, and one; wherever it stands in the list', () => {
  const sids = createSidSource('shelf');
  const shelf = createShelf<{ readonly sid: string }>(sids);
  for (let count = 0; count < 5000; count += 1) shelf.add({ sid: sids.next('SM') });
  let looked = 0;
  function* counted<T>(items: Iterable<T>): Generator<T> {
    for (const item of items) {
      looked += 1;
      yield item;
    }
  }
  const listing: Listing<{ readonly sid: string }> = {
    knows: shelf.knows,
    newestFirst: (before) => counted(shelf.newestFirst(before)),
    oldestFirst: (after) => counted(shelf.oldestFirst(after)),
  };
  let query = new URLSearchParams({ PageSize: '20' });
  for (let page = 0; page < 100; page += 1) {
    looked = 0;
    const request = { path: '/x', origin: '', key: 'items', query };
    const fields = pageOf({ shelf: listing, show: (item) => item.sid }, request);
    assert.ok(looked <= 22, `page ${page} looked at ${looked}`);
    query = new URLSearchParams(String(fields['next_page_uri']).slice(3));
  }
});

test('a SID tells its place, and only to the source that gave it', () => {
  const [sids, other] = [createSidSource('a'), createSidSource('b')];
  const given = [sids.next('SM'), sids.next('MM'), sids.next('PN')];
  assert.equal(given.map(sids.positionOf), [1, 2, 3]);
  assert.equal(given.map(other.positionOf), [undefined, undefined, undefined]);
  assert.is(sids.positionOf(`SM${given[1]?.slice(2)}`), undefined);
  const shelf = createShelf(sids);
  shelf.add({ sid: given[1] ?? '' });
  assert.throws(() => shelf.add({ sid: given[0] ?? '' }), /too late/);
  assert.throws(() => shelf.add({ sid: other.next('SM') }), /not handed out/);
});

test.run();
