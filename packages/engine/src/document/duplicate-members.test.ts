/** What is promised of names that stand twice in one object. */
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { countMembers, duplicateMembers } from './duplicate-members.js';
import { parseDocument } from './parse.js';

const found = (text: string) => duplicateMembers(text, countMembers(JSON.parse(text)));

test('a name that stands twice is found where it stands again, however deep and however written', () => {
  const text = '{\n  "a": [{"b": {}, "c": 1,\n    "b": {"b": 1}}],\n  "\\u0061": 2\n}';
  assert.equal(found(text), [
    { name: 'b', pointer: '/a/0/b', at: { line: 3, column: 5 }, first: { line: 2, column: 10 } },
    { name: 'a', pointer: '/a', at: { line: 4, column: 3 }, first: { line: 2, column: 3 } },
  ]);
});

test('the same name in another object, or in a text, is none', () => {
  for (const text of ['{"a": {"a": {"a": 1}}}', '[{"a": 1}, {"a": 1}]', '{"a": "a", "b": "\\"a\\": 1"}', '7', '[]']) {
    assert.equal(found(text), [], text);
  }
});

test('what JavaScript prints has none', () => {
  fc.assert(fc.property(fc.json(), (text) => assert.equal(found(JSON.stringify(JSON.parse(text))), [])));
});

test('a member that is written again is found among any others', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), fc.nat(), (members, nth) => {
      const names = Object.keys(members);
      const name = names[nth % names.length] ?? '';
      const text = `{${[...names, name].map((key) => `${JSON.stringify(key)}:${JSON.stringify(members[key])}`).join()}}`;
      // The value of the member may be an object with names of its own, which stand twice in the text but not in one object.
      assert.equal(
        found(text).map((duplicate) => duplicate.name),
        [name],
      );
    }),
  );
});

test('a flow file is refused, with line and column, and with both places told', () => {
  const text = `\uFEFF{
  "flowdeck": 1, "id": "main", "type": "manual",
  "cards": [{ "id": "a", "card": "text.compose", "in": { "template": "one" } }],
  "cards": []
}`;
  const { document, diagnostics } = parseDocument(text, { file: 'a.flow.json' });
  assert.is(document, null);
  assert.equal(
    diagnostics.map(({ code, severity, file, line, column, pointer }) => [code, severity, file, line, column, pointer]),
    [['duplicate-member', 'error', 'a.flow.json', 4, 3, '/cards']],
  );
  assert.match(diagnostics[0]?.message ?? '', /"cards".*line 3/);
});

test.run();
