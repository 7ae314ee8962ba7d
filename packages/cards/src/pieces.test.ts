/** Cards that are given much give their work in pieces: a cancel is heard between two of them, and other runs go on. */
import { type CardType, Gradual, RunError, type ValueObject } from '@flowdeck/engine';
import { runCard } from '@flowdeck/testing';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { standard } from './index.js';

const MANY = 200_000;
const long = 'a é '.repeat(MANY);
const list = Array.from({ length: MANY }, (_, n) => ({ key: `k${n % 1_000}`, value: n }));

/** Inputs of much, and in how many pieces at least they are worked on. */
const CASES: readonly (readonly [id: string, inputs: ValueObject, pieces: number])[] = [
  ['list.collapse', { list }, 20],
  ['list.indexBy', { list, 'key path': 'key' }, 20],
  ['list.groupBy', { list, path: 'key' }, 20],
  ['object.collapse', { list }, 20],
  ['object.zip', { keys: list.map(({ key }) => key), values: [] }, 20],
  ['encryption.hash', { data: long }, 20],
  ['encryption.sha1', { data: long }, 20],
  ['encryption.sha256', { data: long }, 20],
  ['encryption.hmac', { key: 'k', data: long }, 20],
  ['encryption.hmac', { key: long, data: 'd' }, 20],
  ['encryption.aes', { key: 'k', data: long }, 20],
  ['encryption.encrypt', { key: long, data: 'd' }, 20],
  ['encryption.encrypt', { algorithm: 'aes-128-cfb1', key: 'k', data: long.slice(0, 20_000) }, 20],
  ['encryption.encrypt', { algorithm: 'des-cbc', key: 'k', data: long.slice(0, 200_000) }, 20],
  ['encryption.decrypt', { algorithm: 'aes-128-ctr', key: 'k', data: 'AAAA'.repeat(MANY) }, 20],
  ['text.base64Decode', { text: 'QUJD'.repeat(20 * MANY) }, 20],
  ['text.base64Decode', { text: ' \n'.repeat(20 * MANY) }, 20],
  ['url.encodeComponent', { text: long }, 20],
  ['url.encodeQuery', { query: { a: long } }, 20],
  ['url.encodeQuery', { query: { a: list.map(({ value }) => value) } }, 20],
  ['url.format', { host: 'a.example', path: long, query: long }, 50],
  ['xml.parse', { text: `<a>${'<b c="d">e</b>'.repeat(20_000)}</a>` }, 10],
  ['xml.build', { object: { a: { b: list } } }, 20],
  ['xml.build', { object: { a: long } }, 20],
  ['xml.build', { object: { a: { _: long, b: 'c' } } }, 20],
  ['xml.build', { object: { a: { $: { b: long } } } }, 20],
  ['xml.build', { object: { a: 1 }, doctype: long }, 20],
];

async function piecesOf(card: CardType, inputs: ValueObject): Promise<number> {
  const given = runCard(card, inputs);
  if (!(given instanceof Gradual)) return 1;
  let pieces = 1;
  try {
    for (let piece = Gradual.next(given); !piece.done; piece = Gradual.next(given), pieces++) await piece.value;
  } catch (error) {
    // What is deciphered is no text, which is seen at the end.
    assert.is(error instanceof RunError && error.code, 'decryption-failed');
  }
  return pieces;
}

for (const [id, inputs, least] of CASES) {
  test(`${id} with much in ${Object.keys(inputs).join(', ')}`, async () => {
    const card = standard.cards?.find((each) => each.id === id);
    assert.ok(card);
    const pieces = await piecesOf(card, inputs);
    assert.ok(pieces >= least, `${pieces} pieces`);
  });
}

test.run();
