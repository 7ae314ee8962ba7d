/** XML Build: the XML document of an object. */
import { defineCard, type Value, type ValueObject } from '@flowdeck/engine';
import { gradually, type Pieces } from '../shared/pace.js';
import { ATTRIBUTES, TEXT_KEY } from './fields.js';
import { attributeText, checkName, unfitXml, XmlWriter } from './write.js';

export const build = defineCard({
  id: 'xml.build',
  title: 'Build',
  description:
    'Writes an object as XML, in the shapes that Parse gives: keys are elements, lists repeat them, "$" holds attributes and "_" text. Without a name for the root element, the only key of an object is it, else "root".',
  kind: 'pure',
  named: true,
  inputs: [
    { key: 'object', type: 'object', label: 'object', description: 'The object.', required: true },
    { key: 'root name', type: 'text', label: 'root name', description: 'Name of the root element.' },
    {
      key: 'doctype',
      type: 'text',
      label: 'doctype',
      description: 'System identifier of a document type, such as the name of a DTD. Empty: no document type.',
    },
    {
      key: 'pretty',
      type: 'boolean',
      label: 'pretty',
      description:
        'True: an element a line. What stands in an element with text among its elements, or with xml:space="preserve", stays on one line, because blanks count there.',
      default: true,
    },
    {
      key: 'indent',
      type: 'text',
      label: 'indent',
      description: 'What stands before a nested line, once per level. White space only; needs "pretty".',
      default: '  ',
    },
    {
      key: 'newline',
      type: 'text',
      label: 'newline',
      description: 'What ends a line. White space only; needs "pretty".',
      default: '\n',
    },
    {
      key: 'version',
      type: 'text',
      label: 'version',
      description: 'Version in the XML declaration, 1.0 or another 1.x.',
      required: true,
      default: '1.0',
    },
    {
      key: 'encoding',
      type: 'text',
      label: 'encoding',
      description: 'Encoding in the XML declaration. Empty: none is named.',
      default: 'UTF-8',
    },
    {
      key: 'standalone',
      type: 'boolean',
      label: 'standalone',
      description: 'Whether the XML declaration says that the document stands alone. Null: it does not say.',
      default: true,
    },
  ],
  outputs: [{ key: 'xml', type: 'text', label: 'XML', description: 'The document.' }],
  errors: {
    'xml-build':
      'A name, a character or the layout cannot stand in XML, a list lies directly in a list, or the object nests more than 1,000 levels.',
    conversion: 'A value has no text.',
    limit: 'The document would be longer than 64 Mi characters.',
  },
  examples: [
    {
      in: { object: { release: { $: { id: 'JNR165.8' }, artist: ['Surfer Blood', 'R&B'] } }, pretty: false },
      out: {
        xml: '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><release id="JNR165.8"><artist>Surfer Blood</artist><artist>R&amp;B</artist></release>',
      },
    },
    {
      title: 'Laid out, with a root',
      in: { object: { a: 1, b: { c: '' } }, 'root name': 'all', encoding: '', standalone: null },
      out: { xml: '<?xml version="1.0"?>\n<all>\n  <a>1</a>\n  <b>\n    <c/>\n  </b>\n</all>' },
    },
    {
      title: 'Null is an empty object',
      in: { object: null, doctype: 'all.dtd', encoding: null, standalone: false, indent: null },
      out: { xml: '<?xml version="1.0" standalone="no"?>\n<!DOCTYPE root SYSTEM "all.dtd">\n<root/>' },
    },
    { title: 'Not a name', in: { object: { 'a b': 1 } }, error: 'xml-build' },
    { title: 'Not a version', in: { object: { a: 1 }, version: '2.0' }, error: 'xml-build' },
  ],
  addresses: [
    // Inferred; not seen in a file of the vendor.
    {
      address: 'root:kernel:xml:0.0.1:build',
      in: {
        'options/rootName': 'root name',
        'options/doctype': 'doctype',
        'renderOptions/pretty': 'pretty',
        'renderOptions/indent': 'indent',
        'renderOptions/newline': 'newline',
        'declaration/version': 'version',
        'declaration/encoding': 'encoding',
        'declaration/standalone': 'standalone',
      },
    },
  ],
  run: ({ object, doctype, pretty, indent, newline, version, encoding, standalone, ...more }) => {
    const layout = pretty
      ? { indent: blank(indent ?? '', 'indent'), newline: blank(newline ?? '', 'newline') }
      : { indent: '', newline: '' };
    const [name, content] = rootToWrite(object, more['root name']);
    const writer = new XmlWriter(layout);
    writer.line(declaration(version, encoding, standalone));
    return gradually(built(writer, doctype, name, content));
  },
});

function* built(
  writer: XmlWriter,
  doctype: string | null,
  name: string,
  content: Value,
): Pieces<{ readonly xml: string }> {
  if (doctype) writer.line(`<!DOCTYPE ${checkName(name)} SYSTEM "${yield* systemId(doctype)}">`);
  yield* writer.element(name, content, 0);
  return { xml: writer.toString() };
}

function rootToWrite(object: ValueObject, rootName: string | null): readonly [name: string, content: Value] {
  if (rootName) return [rootName, object];
  const [only, ...more] = Object.entries(object);
  const named = only !== undefined && more.length === 0 && only[0] !== ATTRIBUTES && only[0] !== TEXT_KEY;
  return named ? only : ['root', object];
}

function declaration(version: string, encoding: string | null, standalone: boolean | null): string {
  if (!/^1\.\d{1,9}$/.test(version)) throw unfitXml('The version is not 1.0 or another 1.x.');
  if (encoding && !/^[A-Za-z][A-Za-z0-9._-]*$/.test(encoding)) throw unfitXml('The encoding is not the name of one.');
  const named = encoding ? ` encoding="${encoding}"` : '';
  const alone = standalone === null ? '' : ` standalone="${standalone ? 'yes' : 'no'}"`;
  return `<?xml version="${version}"${named}${alone}?>`;
}

/** There are no escapes in a system identifier. */
function systemId(doctype: string): Pieces<string> {
  if (/["<>[\]]/.test(doctype)) throw unfitXml('The document type holds a quotation mark or a bracket.');
  return attributeText(doctype);
}

function blank(text: string, field: string): string {
  if (/^[ \t\r\n]{0,100}$/.test(text)) return text;
  throw unfitXml(`"${field}" is more than white space, or longer than 100 characters.`);
}
