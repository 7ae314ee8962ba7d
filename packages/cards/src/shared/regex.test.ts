/** Patterns: the meaning that JavaScript gives them, in linear time. */
import { FlowdeckError } from '@flowdeck/engine';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Pieces } from './pace.js';
import { translate } from './regex/translate.js';
import { compilePattern, compilePatternOrText, Work } from './regex.js';

async function codeOf(attempt: () => unknown): Promise<string> {
  try {
    await attempt();
  } catch (error) {
    if (error instanceof FlowdeckError) return error.code;
    throw error;
  }
  return 'none';
}

const atom = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('a', 'b', 'c', '1', ' ', '-', '_', '{', '}', ']', ',', '/', '\\.', '\\-') },
  { weight: 4, arbitrary: fc.constantFrom('.', '\\d', '\\w', '\\s', '\\D', '\\W', '\\S', '[^]', '[]') },
  {
    weight: 3,
    arbitrary: fc.constantFrom('[ab]', '[^a]', '[a-c]', '[\\w-]', '[^\\s,]', '[\\d-x]', '[a\\]b]', '[[:a:]'),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom('\\x61', '\\u0062', '\\t', '\\cA', '\\c', '\\e', '\\p', '\\0', '\\7', '\\8', 'a{,2}'),
  },
  { weight: 1, arbitrary: fc.constantFrom('^', '$', '\\b', '\\B', '[\\b\\c_]', '[^\\S1]', '[\\W_]', '[\\D1]') },
);
const quantifier = fc.constantFrom('', '', '', '', '*', '+', '?', '*?', '+?', '??', '{2}', '{1,2}', '{0,1}?', '{2,}');
/** A pattern, and whether it may match nothing: then it is not repeated, because there the engines differ. */
interface Source {
  readonly text: string;
  readonly empty: boolean;
}
const repeated = (source: Source, times: string): Source =>
  source.empty ? source : { text: source.text + times, empty: /^[*?]|^\{0/.test(times) };
const source = fc
  .letrec<{ node: Source }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 4 },
      atom.map((text) => ({ text, empty: /^(?:\^|\$|\\[bB])$/.test(text) })),
      fc
        .tuple(atom, quantifier)
        .map(([text, times]) => repeated({ text, empty: /^(?:\^|\$|\\[bB])$/.test(text) }, times)),
      fc.array(tie('node'), { minLength: 1, maxLength: 4 }).map((parts) => ({
        text: parts.map((part) => part.text).join(''),
        empty: parts.every((part) => part.empty),
      })),
      fc
        .tuple(tie('node'), tie('node'))
        .map(([a, b]) => ({ text: `(?:${a.text}|${b.text})`, empty: a.empty || b.empty })),
      fc.tuple(tie('node'), quantifier).map(([a, times]) => repeated({ text: `(?:${a.text})`, empty: a.empty }, times)),
      tie('node').map((a) => ({ text: `(${a.text})`, empty: a.empty })),
      tie('node').map((a) => ({ text: `(?<n>${a.text})`, empty: a.empty })),
    ),
  }))
  .node.map((node) => node.text);
const subject = fc.string({
  unit: fc.constantFrom(...'aaabbbccc112 -_{}],/\n\r\t\\:xép.\u2028\u00a0\u0001\b78'),
  maxLength: 14,
});

const namesAGroupTwice = (pattern: string) => (pattern.match(/(?<!\\)\(\?<n>/g) ?? []).length > 1;

/** The whole of a replacement. */
function all(pieces: Pieces<string>): string {
  for (;;) {
    const piece = pieces.next();
    if (piece.done) return piece.value;
  }
}

test('patterns find and replace what JavaScript finds and replaces', async () => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(
      source,
      subject,
      fc.constantFrom('', '#', '$&', '[$1]', '$$1', '$`', "$'", '$0', '$10', '$<n>', '<$2>'),
      async (pattern, text, replacement) => {
        let native: RegExp;
        try {
          native = new RegExp(pattern);
          if (namesAGroupTwice(pattern)) throw new SyntaxError('allowed by newer JavaScript only');
        } catch {
          assert.is(await codeOf(() => compilePattern(pattern)), 'pattern-syntax', pattern);
          return;
        }
        // A number may refer to a group, which the linear engine refuses.
        if (/\\[1-9k]/.test(pattern)) return;
        const ours = await compilePattern(pattern);
        assert.is(ours.search(text), text.search(native), `search ${pattern}`);
        // A group in a repetition keeps an earlier pass's text: known, and documented.
        if (/\$[1-9<]/.test(replacement) && /\)[*+{]/.test(pattern)) return;
        assert.is(ours.replaceFirst(text, replacement), text.replace(native, replacement), `first ${pattern}`);
        const global = new RegExp(pattern, 'g');
        assert.is(all(ours.replaceAll(text, replacement)), text.replace(global, replacement), `all ${pattern}`);
        compared++;
      },
    ),
    { numRuns: 3000 },
  );
  assert.ok(compared > 1000, `${compared} compared`);
});

test('ignoring case', async () => {
  const pattern = await compilePattern('h(e)llo|[x-z]', { ignoreCase: true });
  assert.is(all(pattern.replaceAll('HELLO heLLo Y', '<$1>')), '<E> <e> <>');
  assert.is((await compilePattern('abc', { ignoreCase: true })).search('xABC'), 1);
});

test('JavaScript decides what is a pattern', async () => {
  for (const faulty of [
    '(',
    'a**',
    '[b-a]',
    'x{2,1}',
    '(?i)a',
    '(?i:a)',
    '*',
    '\\',
    '(?<n>a',
    '(?P<n>a)',
    '(?<n>a)|(?<n>b)',
  ]) {
    assert.is(await codeOf(() => compilePattern(faulty)), 'pattern-syntax', faulty);
  }
});

test('what no linear engine can do is refused by name', async () => {
  const large = '(?:a{1000}){1000}';
  for (const refused of [
    '(?=a)',
    'a(?!b)',
    '(?<=a)b',
    '(?<!a)b',
    '(a)\\1',
    '(?<n>a)\\k<n>',
    large,
    'a'.repeat(10_001),
  ]) {
    assert.is(await codeOf(() => compilePattern(refused)), 'pattern-unsupported', refused.slice(0, 40));
  }
});

test('what is no pattern stands for itself', async () => {
  assert.is(all((await compilePatternOrText('(a')).replaceAll('x(a(a', '-')), 'x--');
  assert.is((await compilePatternOrText('*[', { ignoreCase: true })).search('ab*['), 2);
  assert.is((await compilePatternOrText('a.c')).search('abc'), 0);
  assert.is(await codeOf(() => compilePatternOrText('(?=a)')), 'pattern-unsupported');
});

test('most patterns need no loading, and those that backtrack never run natively', () => {
  for (const light of ['[^\\w]', '\\d{8}', '\\s+', 'abc', '\\.', '[0-9]*', 'a{2}b{3,}', '^x']) {
    assert.ok(translate(light).onePass, light);
    assert.not.instance(compilePattern(light), Promise, light);
  }
  for (const heavy of ['\\s+$', 'a+b', '(a+)+', 'a|b', 'a?', 'a{1,2}', 'a+\\b', '[ab]{40}', 'a+?', 'a*b*']) {
    assert.not(translate(heavy).onePass, heavy);
  }
});

test('patterns that explode elsewhere take linear time, or are refused', async () => {
  const text = 'a'.repeat(100_000);
  for (const bomb of ['(a+)+$b', '(a|aa)+c', '(a*)*b', '(?:a?){30}a{30}b', '^(([a-z])+.)+[A-Z]([a-z])+$', '\\s+$']) {
    const pattern = await compilePattern(bomb);
    assert.is(pattern.search(text), -1, bomb);
    assert.is(all(pattern.replaceAll(text, 'x')), text, bomb);
  }
  const wide = await compilePattern('([ab]{0,1000})[cd]');
  assert.is(await codeOf(() => wide.search('ab'.repeat(500_000))), 'limit');
});

test('patterns of one card share their work: many of them are no way around its bound', async () => {
  const text = 'a'.repeat(1_000_000);
  const alone = await compilePattern('([a-z]+)*\\d');
  for (let time = 0; time < 5; time++) assert.is(alone.search(text), -1);
  const work = new Work();
  const shared = await compilePattern('([a-z]+)*\\d', { work });
  const together = () => {
    for (let time = 0; time < 5; time++) shared.search(text);
  };
  assert.is(await codeOf(together), 'limit');
});

test('a replacement of millions of references is work, and so are millions of matches', async () => {
  const pattern = await compilePattern('a');
  assert.is(await codeOf(() => pattern.replaceFirst('a', '$1'.repeat(12_000_000))), 'limit');
  assert.is(await codeOf(() => all(pattern.replaceAll('a'.repeat(6_000_000), '$&'))), 'limit');
  // By a plain text it is the platform's work, which takes a fraction.
  assert.is(all(pattern.replaceAll('a'.repeat(6_000_000), 'b')), 'b'.repeat(6_000_000));
});

test('searching on and on over the rest of a text ends', async () => {
  const pattern = await compilePattern('a[^c]*c|a');
  assert.is(await codeOf(() => all(pattern.replaceAll('a'.repeat(300_000), ''))), 'limit');
});

test('the limit counts work and no time: a slow machine gives up nothing that a fast one does', async () => {
  const pattern = await compilePattern('a[^c]*c|a');
  const { now } = performance;
  let hours = 0;
  performance.now = () => 3_600_000 * ++hours;
  try {
    assert.is(all(pattern.replaceAll('a'.repeat(2000), 'b')), 'b'.repeat(2000));
  } finally {
    performance.now = now;
  }
  // What was given up leaves the pattern as it was.
  assert.is(await codeOf(() => all(pattern.replaceAll('a'.repeat(300_000), ''))), 'limit');
  assert.is(all(pattern.replaceAll('aac', 'b')), 'b');
  assert.is(all(pattern.replaceAll('aab', 'b')), 'bbb');
});

test('a long text is replaced match by match, and the result is that of the platform', async () => {
  const text = 'ab12 Ab é€3,'.repeat(20_000);
  for (const source of ['b1', '[0-9]', 'A', '^a', ',$', '\\s|é']) {
    const pattern = await compilePattern(source);
    assert.is(all(pattern.replaceAll(text, '<>')), text.replaceAll(new RegExp(source, 'g'), '<>'), source);
  }
});

test('a result that memory cannot bear is refused', async () => {
  const text = 'ab'.repeat(50_000);
  const pattern = await compilePattern('a');
  assert.is(await codeOf(() => all(pattern.replaceAll(text, '$`'))), 'limit');
  assert.is(await codeOf(() => all(pattern.replaceAll(text, 'x'.repeat(10_000)))), 'limit');
});

// What takes more than linear time does not end here: its inputs are large enough for the runner to be stopped.
test('a megabyte is searched and replaced', async () => {
  const text = 'user 42; '.repeat(110_000);
  for (const source of ['[0-9]+', '\\s', ';', '^\\s+|\\s+$']) {
    const pattern = await compilePattern(source);
    const kept = all(pattern.replaceAll(text, ''));
    assert.is(pattern.search(kept), -1, source);
  }
});

test.run();
