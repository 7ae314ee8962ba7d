/** The XML cards against xml2js, their laws, and what hostile documents can do: nothing. */
import { LimitError, type Outputs, RunError, type Value, type ValueObject } from '@flowdeck/engine';
import { deepEqual } from '@flowdeck/engine/kit';
import { runCard } from '@flowdeck/testing';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Builder, Parser } from 'xml2js';
import { build } from './build.js';
import { xmlParse } from './parse.js';

/** A pure card gives its outputs, sooner or later. */
const read = async (inputs: ValueObject) => ((await runCard(xmlParse, inputs)) as Outputs)['output'] ?? null;
const write = (inputs: ValueObject) => String((runCard(build, inputs) as Outputs)['xml']);

/** Documents as people and machines write them: attributes, text, CDATA, comments, blanks, equal names. */
const name = fc.constantFrom('a', 'b', 'Item', 'x-1', 'ns:c', 'toString', 'constructor');
const text = fc.constantFrom(
  '',
  ' ',
  '\n  ',
  'text',
  ' two  words \n',
  '&amp;&lt;',
  '&#65;',
  '<![CDATA[ <raw> ]]>',
  '<![CDATA[]]>',
  '<!-- no -->',
  '<?pi x?>',
);
const { element } = fc.letrec<{ element: string }>((tie) => ({
  element: fc
    .record({
      name,
      attributes: fc.dictionary(name, fc.constantFrom('', 'v', ' v ', '&quot;'), { maxKeys: 2, noNullPrototype: true }),
      content: fc.array(fc.oneof({ maxDepth: 3, withCrossShrink: true }, text, tie('element')), { maxLength: 4 }),
    })
    .map((part) => {
      const attributes = Object.entries(part.attributes).map(([key, value]) => ` ${key}="${value}"`);
      const content = part.content.join('');
      return content === ''
        ? `<${part.name}${attributes.join('')}/>`
        : `<${part.name}${attributes.join('')}>${content}</${part.name}>`;
    }),
}));
const prolog = fc.constantFrom('', '<?xml version="1.0" encoding="UTF-8"?>\n', '<!DOCTYPE a>', '<!-- first -->\n');
const settings = fc.record({
  keepTextKey: fc.boolean(),
  trim: fc.boolean(),
  normalize: fc.boolean(),
  normalizeTags: fc.boolean(),
});

test('Parse gives what xml2js gives, under all options', async () => {
  await fc.assert(
    fc.asyncProperty(prolog, element, settings, async (first, document, { keepTextKey, ...options }) => {
      const other = new Parser({ ...options, explicitCharkey: keepTextKey, explicitRoot: true });
      // Names such as "constructor" break the other parser, which looks them up in prototypes.
      fc.pre(!/<(toString|constructor)/i.test(document));
      const expected: unknown = await other.parseStringPromise(first + document);
      const output = await read({
        text: first + document,
        'always text key': keepTextKey,
        trim: options.trim,
        'collapse blanks': options.normalize,
        'lower case names': options.normalizeTags,
        'keep root': true,
      });
      assert.equal(plain(output), plain(expected), document);
    }),
    { numRuns: 1500 },
  );
});

test('without its root, a document is what stood under the key of the root', async () => {
  await fc.assert(
    fc.asyncProperty(element, async (document) => {
      const whole = (await read({ text: document, 'keep root': true })) as ValueObject;
      const [content] = Object.values(whole);
      const output = await read({ text: document });
      if (typeof content !== 'string') assert.ok(deepEqual(output, content ?? null), document);
      else assert.equal(output, content.trim() === '' ? {} : { _: content });
    }),
  );
});

/** Objects with ordinary prototypes throughout, so that only the contents count. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

const word = fc.constantFrom('', 'x', ' a  b ', 'R&B', '<tag>', '"', '\t\n\r', ']]>', 'é', '😀', '&amp;');
const scalar: fc.Arbitrary<Value> = fc.oneof(word, fc.integer(), fc.boolean());
const elementName = fc.constantFrom('a', 'b', 'Item', 'x-1', 'ns:c', '_', '$');
const { tree } = fc.letrec<{ tree: ValueObject; value: Value }>((tie) => ({
  value: fc.oneof({ maxDepth: 3, withCrossShrink: true }, scalar, tie('tree')),
  tree: fc
    .dictionary(elementName, fc.oneof(tie('value'), fc.array(tie('value'), { maxLength: 3 })), {
      maxKeys: 4,
      noNullPrototype: true,
    })
    .chain((object) =>
      fc
        .record({
          words: fc.dictionary(fc.constantFrom('id', 'xml:lang'), scalar, { noNullPrototype: true }),
          // The other library gives a line of its own to an empty text beside elements.
          text: word.filter((inner) => inner !== ''),
        })
        .map(({ words, text: inner }) => {
          const copy: Record<string, Value> = { ...object };
          if ('$' in copy) copy['$'] = words;
          if ('_' in copy) copy['_'] = inner;
          return copy;
        }),
    ),
}));

/** Whether text stands among elements somewhere: there the other library changes it. */
function isMixed(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const parts = Object.entries(value).filter(([key]) => key !== '$');
  return ('_' in value && parts.length > 1) || parts.some(([, part]) => isMixed(part));
}

test('Build writes what xml2js writes, laid out or not, but for text among elements', () => {
  const layouts = fc.record(
    {
      pretty: fc.boolean(),
      indent: fc.constantFrom('', '  ', '\t'),
      newline: fc.constantFrom('\n', '\r\n'),
    },
    { noNullPrototype: true },
  );
  fc.assert(
    fc.property(tree, layouts, fc.boolean(), (object, wanted, standalone) => {
      const layout = isMixed(object) ? { ...wanted, pretty: false } : wanted;
      const other = new Builder({
        rootName: 'all',
        renderOpts: layout,
        xmldec: { version: '1.0', encoding: 'UTF-8', standalone },
      });
      assert.is(write({ object, 'root name': 'all', ...layout, standalone }), other.buildObject(object));
    }),
    { numRuns: 1500 },
  );
});

test('Build finds the root as xml2js does', () => {
  for (const object of [{ a: { b: 1 } }, { a: 1, b: 2 }, {}, { a: 'x' }, { a: null }, { a: [{ b: 1 }, { c: 2 }] }]) {
    assert.is(write({ object }), new Builder().buildObject(object));
  }
});

test('Parse undoes Build for what Parse gives', async () => {
  await fc.assert(
    fc.asyncProperty(element, async (document) => {
      const object = (await read({ text: document, 'keep root': true })) as ValueObject;
      for (const pretty of [false, true]) {
        const copy = write({ object, pretty });
        // Not the comparison of the test library: it takes a key "constructor" for the class of the object.
        assert.ok(deepEqual(await read({ text: copy, 'keep root': true }), object), document);
      }
    }),
    { numRuns: 500 },
  );
});

test('text among elements keeps its blanks, and so does what asks for it', () => {
  const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
  const laidOut = (object: ValueObject) => write({ object }).replace(head, '').trim();
  assert.is(laidOut({ p: { _: 'Hello', b: ['World', { i: 1 }] } }), '<p>Hello<b>World</b><b><i>1</i></b></p>');
  assert.is(laidOut({ a: { p: { _: 'x', b: '' }, c: '1' } }), '<a>\n  <p>x<b/></p>\n  <c>1</c>\n</a>');
  assert.is(
    laidOut({ a: { $: { 'xml:space': 'preserve' }, b: { c: '1' } } }),
    '<a xml:space="preserve"><b><c>1</c></b></a>',
  );
});

test('white space and a line before the declaration do no harm', async () => {
  assert.equal(await read({ text: '\n  <?xml version="1.0"?><a><b/></a>\n' }), { b: [''] });
  assert.equal(await read({ text: '\uFEFF<a><b/></a>' }), { b: [''] });
});

test('names from data become own properties', async () => {
  const output = await read({ text: '<a><__proto__ x="1"/><constructor/><hasOwnProperty/></a>' });
  assert.equal(Object.keys(output ?? {}), ['__proto__', 'constructor', 'hasOwnProperty']);
  assert.is(Object.getPrototypeOf(output), Object.prototype);
  assert.is(write({ object: output, pretty: false }).includes('<__proto__ x="1"/>'), true);
});

test('other keys for attributes and text', async () => {
  const text = '<a id="1">hi<_>there</_></a>';
  assert.equal(await read({ text, 'attribute key': 'at', 'text key': '#' }), {
    '#': 'hi',
    at: { id: '1' },
    _: ['there'],
  });
  await refused('xml-key', () => read({ text, 'attribute key': 'same', 'text key': 'same' }));
  await refused('xml-key', () => read({ text: '<a id="1"><at/></a>', 'attribute key': 'at' }));
});

test('entities, external ones too, are refused before they are read', async () => {
  const laughs = ['<!ENTITY a "ha">', ...Array.from({ length: 30 }, (_, n) => `<!ENTITY a${n} "${'&a;'.repeat(10)}">`)];
  await refused('xml-refused', () => read({ text: `<!DOCTYPE x [${laughs.join('')}]><x>&a29;</x>` }));
  await refused('xml-refused', () => read({ text: '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hosts">]><x>&f;</x>' }));
  await refused('xml-refused', () =>
    read({ text: '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1/p"> %p;]><x/>' }),
  );
  await refused('xml-parse', () => read({ text: '<x>&unknown;</x>' }));
  assert.equal(await read({ text: '<!DOCTYPE x SYSTEM "file:///etc/hosts"><x>y</x>' }), { _: 'y' });
});

test('what is not well-formed is refused, with line and column and without the text', async () => {
  const faulty = [
    '',
    ' ',
    'x',
    '<a>',
    '<a></b>',
    '<a/><b/>',
    '<a b=c/>',
    '<a b="1" b="2"/>',
    '<a>&#0;</a>',
    '<a>\0</a>',
    '<1/>',
    '<a>]]></a>',
    '<![CDATA[x]]>',
    '<a',
    '<?xml?><a/>',
  ];
  for (const text of faulty) await refused('xml-parse', () => read({ text }));
  const told: readonly (readonly [string, RegExp])[] = [
    ['<a>R&D</a>', /by an &/],
    ['<a>&copy;</a>', /none of the five/],
    ['<a b="1" b="2"/>', /stands twice/],
    ['<a></b>', /another element is closed/],
    ['{"a": 1}', /outside of the one root/],
    ['\n\n  <a b=c/>', /line 3, column 8, where an attribute has no value/],
  ];
  for (const [text, why] of told) {
    try {
      await read({ text });
      assert.unreachable();
    } catch (error) {
      assert.match(String(error), why);
    }
  }
  try {
    await read({ text: '<a>\n<b secret="hunter2></a>' });
    assert.unreachable();
  } catch (error) {
    assert.match(String(error), /line 2, column \d+/);
    assert.not.match(String(error), /hunter2/);
  }
});

test('any text gives an object or a documented error', async () => {
  const piece = fc.constantFrom(
    '<',
    '>',
    '/',
    'a',
    '"',
    '=',
    '&',
    ';',
    '<![CDATA[',
    ']]>',
    '<!--',
    '-->',
    '<?',
    '?>',
    '<!DOCTYPE ',
    '[',
    ' ',
    '\n',
  );
  const noise = fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join(''));
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        noise,
        noise.map((inner) => `<a>${inner}</a>`),
        fc.string({ unit: 'binary' }),
      ),
      async (text) => {
        try {
          assert.type(await read({ text }), 'object');
        } catch (error) {
          assert.instance(error, RunError, text);
          if (error instanceof RunError) assert.ok(xmlParse.errors?.[error.code], error.code);
        }
      },
    ),
    { numRuns: 1000 },
  );
});

test('large documents: 10 MB take linear time, too many or too deep elements are refused', async () => {
  const row = '<row id="12"><name>Ann &amp; Bob</name><note> n </note></row>';
  const output = (await read({ text: `<rows>${row.repeat(160_000)}</rows>` })) as { row: unknown[] };
  assert.is(output.row.length, 160_000);
  await refused('xml-limit', () => read({ text: `<a>${'<b/>'.repeat(1_000_000)}</a>` }));
  await refused('xml-limit', () => read({ text: '<a>'.repeat(1_000_000) }));
  await refused('xml-parse', () => read({ text: `<a ${'b="c" '.repeat(1_000_000)}/>` }));
  await refused('xml-parse', () => read({ text: '<'.repeat(5_000_000) }));
});

test('Build takes a thousand levels within the root', () => {
  const nested = (levels: number): ValueObject =>
    Array.from({ length: levels }).reduce<ValueObject>((inner) => ({ a: inner }), {});
  assert.ok(write({ object: nested(1001), pretty: false }).includes('<a/>'));
  assert.throws(() => write({ object: nested(1002), pretty: false }), isUnfit);
});

test('Build refuses what has no XML form', () => {
  const deep: Value = Array.from({ length: 2000 }).reduce<Value>((inner) => ({ a: inner }), 'x');
  const objects: readonly ValueObject[] = [
    { '': 1 },
    { '1a': 1 },
    { 'a><b': 1 },
    { '#raw': '<b/>' },
    { '?php': 'x' },
    { a: { $: { 'b="1" c': 1 } } },
    { a: 'bell \u0007' },
    { a: 'half \uD800' },
    { a: { $: { b: '\uFFFF' } } },
    { a: [[1]], b: 1 },
    { a: ['x'] },
    { a: deep },
  ];
  for (const object of objects) assert.throws(() => write({ object }), isUnfit, JSON.stringify(object).slice(0, 40));
  const inputs: readonly ValueObject[] = [
    { 'root name': 'a b' },
    { doctype: 'x" [<!ENTITY a "b">]' },
    { indent: '<b/>' },
    { newline: '\n<b/>' },
    { version: '1.0"?><b' },
    { encoding: 'x" y="' },
  ];
  for (const given of inputs) assert.throws(() => write({ object: { a: 1 }, ...given }), isUnfit);
});

function isUnfit(error: unknown): boolean {
  return error instanceof RunError && error.code === 'xml-build' && error.hint !== undefined;
}

test('little data that describes a document beyond memory is refused', async () => {
  let shared: Value = 'x'.repeat(1000);
  for (let level = 0; level < 100; level++) shared = { a: shared, b: shared };
  const refusal = await Promise.resolve(runCard(build, { object: { shared } })).catch((error: unknown) => error);
  assert.ok(refusal instanceof LimitError && refusal.limit === 'textLength');
});

async function refused(code: string, action: () => Promise<unknown>): Promise<void> {
  try {
    await action();
  } catch (error) {
    assert.instance(error, RunError, String(error));
    if (error instanceof RunError) {
      assert.is(error.code, code);
      assert.ok(error.hint);
    }
    return;
  }
  assert.unreachable(`no error ${code}`);
}

test.run();
