// Every conformance case says where its behaviour is demanded, and a reader of the repository can open that.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { anchorsOf } from './reading/markdown.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** The publishers of standards that a case may cite. What anybody else says belongs into docs/semantics.md. */
const PUBLISHERS = [
  'www.rfc-editor.org',
  'www.w3.org',
  'url.spec.whatwg.org',
  'tc39.es',
  'www.iana.org',
  'docs.jsonata.org',
];
const pages = new Map();

/** What is wrong with a source; undefined when each of its parts can be opened. */
function faultOf(source) {
  for (const part of source.split('; ')) {
    if (part.startsWith('https://')) {
      if (!URL.canParse(part) || !PUBLISHERS.includes(new URL(part).host))
        return `${part} is not the address of a standard`;
      continue;
    }
    const [page, anchor] = part.split('#');
    if (!/^(?:[\w-]+\/)*[\w-]+\.md$/.test(page) || !existsSync(join(root, page))) return `there is no page ${page}`;
    if (anchor === undefined) return `${page} is cited without a heading`;
    if (!pages.has(page)) pages.set(page, anchorsOf(readFileSync(join(root, page), 'utf8')));
    if (!pages.get(page).has(anchor)) return `${page} has no heading #${anchor}`;
  }
  return undefined;
}

/** Every case, with the file that it stands in. */
function allCases() {
  const folder = join(root, 'packages/conformance/cases');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));
  return files.flatMap((file) =>
    JSON.parse(readFileSync(join(folder, file), 'utf8')).cases.map((one) => ({ ...one, file })),
  );
}

/** Sentences that mean nothing without the one before. `And` and `Or` are cards. */
const LEANS =
  /^(?:So|Neither (?:is|are)|Unless|Otherwise|It|They|Its|Their|Then|Also|But|That (?:of|holds)|(?:And|Or) (?!takes|refuses|is|\())\b/;

test('every case cites what a reader can open', () => {
  const cases = allCases();
  assert.ok(cases.length > 1000, `only ${cases.length} cases were found`);
  const faults = cases.flatMap(({ file, id, source }) => {
    const fault = faultOf(source);
    return fault ? [`${file}: ${id}: ${fault}`] : [];
  });
  assert.equal(faults, []);
});

test('what a case proves stands alone, and is said once in its suite', () => {
  const said = new Map();
  const faults = [];
  for (const { file, id, proves } of allCases()) {
    if (LEANS.test(proves)) faults.push(`${file}: ${id}: "${proves}" leans on another sentence`);
    const other = said.get(file + proves);
    if (other) faults.push(`${file}: ${id} proves the same as ${other}: "${proves}"`);
    said.set(file + proves, id);
  }
  assert.equal(faults, []);
  for (const sentence of ['So is an object.', 'Or the other way round.', 'It may be hexadecimal.'])
    assert.match(sentence, LEANS);
  for (const sentence of ['And takes null for false.', 'Items are converted.']) assert.not.match(sentence, LEANS);
});

test('what cannot be opened is told', () => {
  assert.is(faultOf('docs/semantics.md#if-error; https://www.rfc-editor.org/rfc/rfc8259'), undefined);
  assert.is(faultOf('control flow 2.4'), 'there is no page control flow 2.4');
  assert.is(faultOf('docs/nowhere.md#x'), 'there is no page docs/nowhere.md');
  assert.is(faultOf('../docs/semantics.md#if-error'), 'there is no page ../docs/semantics.md');
  assert.is(faultOf('docs/semantics.md'), 'docs/semantics.md is cited without a heading');
  assert.is(faultOf('docs/semantics.md#no-such-rule'), 'docs/semantics.md has no heading #no-such-rule');
  assert.is(faultOf('https://example.com/rfc'), 'https://example.com/rfc is not the address of a standard');
  assert.is(faultOf('docs/semantics.md#if-error; ibid.'), 'there is no page ibid.');
});

test.run();
