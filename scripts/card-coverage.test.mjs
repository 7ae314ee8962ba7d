// Every card that the reference documents has a card here. The reference is not part of the project; without it the test says so.
import { existsSync, readFileSync } from 'node:fs';
import { standard } from '@flowdeck/cards';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

const REFERENCE = new URL('../../shared/reference/', import.meta.url);

/** What the format of flows expresses without a card: how a flow starts, and plumbing that bindings replace. */
const NO_CARD = new Map([
  ['http:accept', 'a flow of type "api"'],
  ['http:delegated', 'a flow of type "delegated"'],
  ['object:expand', 'a path in a reference'],
  ['control:callable', 'the inputs of a flow'],
  ['control:noop', 'a flow of type "manual", and the lanes of an If/Else'],
  ['control:join', '"out" of a block'],
]);

const cards = standard.cards ?? [];
/** The addresses that cards declare, as "module:key". */
const mapped = new Set(
  cards.flatMap(({ addresses = [] }) =>
    addresses.map(({ address }) => address.replace(/^root:(?:kernel|channels:http):([^:]+):[^:]+:/, '$1:')),
  ),
);

/** Addresses in the closing tables, shortened to "module:key". */
function documented() {
  const found = new Map();
  for (const file of ['cards-text-number-date.md', 'cards-list-object-http.md', 'control-flow.md']) {
    for (const line of readFileSync(new URL(file, REFERENCE), 'utf8').split('\n')) {
      const row = /^\| (?:kernel:|channels:http:)?([a-z]+:[A-Za-z0-9]+)(?: \[[a-z ]*\])? \|/.exec(line);
      if (row) found.set(row[1], file);
      for (const [, address] of line.matchAll(/`kernel:(control:[A-Za-z]+)`/g))
        if (address !== 'control:x') found.set(address, file);
    }
  }
  return found;
}

/** Addresses in the vendor's own list: a row a module, and in its last cell the keys with their titles. */
function listed() {
  const found = [];
  for (const line of readFileSync(new URL('kernel-addresses.md', REFERENCE), 'utf8').split('\n')) {
    const row = /^\| `([a-z]+)` \|.*\| (\d+) \| (.*) \|$/.exec(line);
    if (!row) continue;
    const [, module, count, cell] = row;
    const keys = [...cell.matchAll(/`([A-Za-z0-9]+)`/g)].map(([, key]) => `${module}:${key}`);
    assert.is(keys.length, Number(count), `${module}: as many keys as the row says`);
    found.push(...keys);
  }
  return found;
}

if (existsSync(REFERENCE)) {
  test("every card of the vendor's own list is there", () => {
    const addresses = listed();
    console.log(`COUNT: ${addresses.length} cards in the vendor's own list.`);
    assert.is(addresses.length, 156);
    assert.equal(
      addresses.filter((address) => !mapped.has(address) && !NO_CARD.has(address)),
      [],
    );
  });

  test('every documented card is there', () => {
    const addresses = documented();
    const missing = [...addresses.keys()].filter((address) => !mapped.has(address) && !NO_CARD.has(address));
    console.log(
      `COUNT: ${addresses.size} documented cards: ${addresses.size - missing.length} covered, ${missing.length} missing; ${cards.length} cards in the library.`,
    );
    assert.ok(addresses.size > 150, `${addresses.size} addresses read`);
    assert.equal(missing, []);
  });
} else {
  console.log('SKIPPED: the card reference is not there, so nobody counted what it documents.');
}

test.run();
