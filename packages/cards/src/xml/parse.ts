/** XML Parse: the object that an XML document describes. */
import { defineCard, type ValueObject } from '@flowdeck/engine';
import { lazily } from '../shared/eventually.js';
import { gradually, type Pieces, settled } from '../shared/pace.js';
import { ATTRIBUTES, BAD_XML, TEXT_KEY } from './fields.js';
import type { ReadOptions } from './read.js';

/** Loaded when first needed, with the parser. */
const reader = lazily(() => import('./read.js'));

export const xmlParse = defineCard({
  id: 'xml.parse',
  title: 'Parse',
  description:
    'Reads XML. Child elements are lists under their names, attributes an object under "$"; an element with text only is that text, any other keeps its text under "_". White space between elements is dropped. There are no entities but those of XML itself, and nothing outside of the text is read.',
  kind: 'pure',
  named: true,
  inputs: [
    { key: 'text', type: 'text', label: 'XML', description: 'The document.', required: true },
    {
      key: 'attribute key',
      type: 'text',
      label: 'attribute key',
      description: 'Where attributes stand. Empty: "$".',
      default: ATTRIBUTES,
    },
    {
      key: 'text key',
      type: 'text',
      label: 'text key',
      description: 'Where text stands beside attributes or elements. Empty: "_".',
      default: TEXT_KEY,
    },
    {
      key: 'always text key',
      type: 'boolean',
      label: 'always text key',
      description: 'True: an element with text only is an object too.',
      default: false,
    },
    {
      key: 'trim',
      type: 'boolean',
      label: 'trim',
      description: 'True: white space around text is dropped.',
      default: false,
    },
    {
      key: 'lower case names',
      type: 'boolean',
      label: 'lower case names',
      description: 'True: names of elements are put into lower case.',
      default: false,
    },
    {
      key: 'collapse blanks',
      type: 'boolean',
      label: 'collapse blanks',
      description: 'True: white space within text becomes one blank, and is dropped around it.',
      default: false,
    },
    {
      key: 'keep root',
      type: 'boolean',
      label: 'keep root',
      description: 'True: the result is an object with one key, the name of the root element.',
      default: false,
    },
  ],
  outputs: [
    {
      key: 'output',
      type: 'object',
      label: 'output',
      description: 'The object. A root element that holds text only keeps it under the text key.',
    },
  ],
  errors: BAD_XML,
  examples: [
    {
      in: { text: '<release id="JNR165.8"><artist>Surfer Blood</artist></release>' },
      out: { output: { $: { id: 'JNR165.8' }, artist: ['Surfer Blood'] } },
    },
    {
      title: 'With the root, and text always under its key',
      in: { text: '<a><b>x</b><b lang="en">y</b><c/></a>', 'keep root': true, 'always text key': true },
      out: { output: { a: { b: [{ _: 'x' }, { _: 'y', $: { lang: 'en' } }], c: [''] } } },
    },
    {
      title: 'White space and names',
      in: { text: '<A>\n  <Name> Ann \n Lee </Name>\n</A>', 'lower case names': true, 'collapse blanks': true },
      out: { output: { name: ['Ann Lee'] } },
    },
    { title: 'A root with text only', in: { text: '<a>b &amp; c</a>' }, out: { output: { _: 'b & c' } } },
    { title: 'An empty root', in: { text: '<a/>' }, out: { output: {} } },
    { title: 'Not well-formed', in: { text: '<a><b></a>' }, error: 'xml-parse' },
    { title: 'Null is an empty text', in: { text: null }, error: 'xml-parse' },
    { title: 'Entities', in: { text: '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>' }, error: 'xml-refused' },
    { title: 'Too deep', in: { text: '<a>'.repeat(401) + '</a>'.repeat(401) }, error: 'xml-limit' },
    { title: 'An element named like the text key', in: { text: '<a>x<_/></a>' }, error: 'xml-key' },
  ],
  addresses: [
    // Inferred; not seen in a file of the vendor.
    {
      address: 'root:kernel:xml:0.0.1:parse',
      in: {
        xml: 'text',
        'options/attrkey': 'attribute key',
        'options/charkey': 'text key',
        'options/explicitCharkey': 'always text key',
        'options/trim': 'trim',
        'options/normalizeTags': 'lower case names',
        'options/normalize': 'collapse blanks',
        'options/explicitRoot': 'keep root',
      },
    },
  ],
  run: (inputs) =>
    gradually(
      readInPieces(inputs.text, {
        attributeKey: inputs['attribute key'] || ATTRIBUTES,
        textKey: inputs['text key'] || TEXT_KEY,
        keepTextKey: inputs['always text key'] === true,
        trim: inputs.trim === true,
        lowerCaseNames: inputs['lower case names'] === true,
        collapseBlanks: inputs['collapse blanks'] === true,
        keepRoot: inputs['keep root'] === true,
      }),
    ),
});

function* readInPieces(text: string, options: ReadOptions): Pieces<{ output: ValueObject }> {
  const { readXml } = yield* settled(reader());
  return { output: yield* readXml(text, options) };
}
