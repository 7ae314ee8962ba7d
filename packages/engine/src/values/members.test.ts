import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createEngine } from '../engine.js';
import { LimitError } from '../errors.js';
import { parseJsonText } from './json.js';
import { MAX_MEMBERS } from './members.js';
import { safeObject } from './object.js';
import { setPath } from './path.js';

const keys = (length: number) => Array.from({ length }, (_, n) => `key ${n}`);
const object = (length: number) => Object.fromEntries(keys(length).map((key) => [key, 1]));
const json = (length: number) => JSON.stringify(object(length));

const isMembers = (error: unknown) =>
  error instanceof LimitError && error.limit === 'members' && error.code === 'limit';

test('an object of entries has so many members, and those that come again are none', () => {
  const full = [...keys(MAX_MEMBERS), ...keys(MAX_MEMBERS)].map((key) => [key, 1] as const);
  assert.is(Object.keys(safeObject(full)).length, MAX_MEMBERS);
  assert.throws(() => safeObject([...full, ['one more', 1]]), isMembers);
});

test('JSON text of larger objects is refused, however deep they lie', () => {
  assert.is(Object.keys(Object(parseJsonText(json(MAX_MEMBERS)))).length, MAX_MEMBERS);
  assert.throws(() => parseJsonText(json(MAX_MEMBERS + 1)), isMembers);
  assert.throws(() => parseJsonText(`[{"a":[1,2],"b":${json(MAX_MEMBERS + 1)}}]`), isMembers);
});

test('neither items of lists nor commas in text count, nor the members of objects beside each other', () => {
  const list = `[${'1,'.repeat(MAX_MEMBERS * 2)}1]`;
  const text = `"${','.repeat(MAX_MEMBERS * 2)}"`;
  const objects = `[${`${json(MAX_MEMBERS / 2)},`.repeat(3)}{}]`;
  const whole = `{"list":${list},"text":${text},"objects":${objects}}`;
  assert.equal(Object.keys(Object(parseJsonText(whole))), ['list', 'text', 'objects']);
});

test('a path sets what is there, and no member too many', () => {
  const full = object(MAX_MEMBERS);
  assert.is(Object.keys(Object(setPath(full, ['key 1'], 2))).length, MAX_MEMBERS);
  assert.throws(() => setPath(full, ['one more'], 2), isMembers);
});

test('an input of a run is refused with what to do', async () => {
  const engine = createEngine();
  const inputs = [{ key: 'one', type: 'object' }];
  const deck = engine.load({ flowdeck: 1, flows: [{ id: 'main', type: 'manual', inputs, cards: [] }] });
  assert.is((await engine.run(deck, { inputs: { one: object(MAX_MEMBERS) } })).status, 'success');
  const refused = await engine.run(deck, { inputs: { one: object(MAX_MEMBERS + 1) } }).catch((error: unknown) => error);
  assert.match(JSON.stringify(refused), /"invalid-input".*members.*list of records/);
});

test.run();
