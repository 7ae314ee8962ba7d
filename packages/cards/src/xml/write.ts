/** Objects and lists, in the shapes of xml2js, as XML text. */
import { LimitError, RunError, type Value, type ValueObject } from '@flowdeck/engine';
import { isPlainObject, MAX_DEPTH } from '@flowdeck/engine/kit';
import type { CardsCode } from '../codes.js';
import { MAX_TEXT } from '../shared/bounds.js';
import { asText } from '../shared/conversions.js';
import { inParts } from '../shared/in-parts.js';
import { Pace, type Pieces } from '../shared/pace.js';
import { ATTRIBUTES, TEXT_KEY } from './fields.js';

export interface Layout {
  /** Both are empty where the document is not to be laid out for reading. */
  readonly newline: string;
  readonly indent: string;
}

/** Names of XML 1.0 (fifth edition, section 2.3). */
const NAME_START = String.raw`:A-Z_a-z\u{C0}-\u{D6}\u{D8}-\u{F6}\u{F8}-\u{2FF}\u{370}-\u{37D}\u{37F}-\u{1FFF}\u{200C}\u{200D}\u{2070}-\u{218F}\u{2C00}-\u{2FEF}\u{3001}-\u{D7FF}\u{F900}-\u{FDCF}\u{FDF0}-\u{FFFD}\u{10000}-\u{EFFFF}`;
const XML_NAME = new RegExp(
  String.raw`^[${NAME_START}][-.0-9\u{B7}\u{300}-\u{36F}\u{203F}\u{2040}${NAME_START}]*$`,
  'u',
);
/** Characters that XML 1.0 does not know, halves of characters among them (section 2.2). */
const ILLEGAL = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

/** Writes one element and all within it. */
export class XmlWriter {
  readonly #layout: Layout;
  readonly #pace = new Pace();
  #text = '';
  /** Elements around the place within which every blank counts, so that nothing is laid out. */
  #verbatim = 0;

  constructor(layout: Layout) {
    this.#layout = layout;
  }

  /** The text without the line break at its end. */
  toString(): string {
    return this.#text.slice(0, this.#text.length - this.#layout.newline.length);
  }

  /** One line of markup. */
  line(markup: string): void {
    this.#put(markup + this.#layout.newline);
  }

  /**
   * @throws RunError `xml-build` when a name or a character cannot stand in XML, a list lies in a list, or the value
   * nests too deeply; LimitError `limit` when the document becomes too long.
   */
  *element(name: string, value: Value, depth: number): Pieces<void> {
    if (depth > MAX_DEPTH) throw unfitXml(`The value nests more than ${MAX_DEPTH} levels.`);
    const margin = this.#verbatim > 0 ? '' : this.#layout.indent.repeat(depth);
    const attributes = isPlainObject(value) ? yield* attributesOf(value) : '';
    this.#put(`${margin}<${checkName(name)}${attributes}`);
    const contents = yield* this.#gathered(contentsOf(value));
    const only = contents.length === 1 ? contents[0] : undefined;
    if (contents.length === 0) this.#end('/>');
    else if (only?.name === null) this.#end(`>${yield* inParts(only.text, escapeText)}</${name}>`);
    else if (this.#verbatim > 0 || countsBlanks(value, contents)) {
      this.#verbatim++;
      this.#put('>');
      for (const content of contents) yield* this.#content(content, depth);
      this.#verbatim--;
      this.#end(`</${name}>`);
    } else {
      this.line('>');
      for (const content of contents) yield* this.#content(content, depth);
      this.line(`${margin}</${name}>`);
    }
  }

  *#content(content: Content, depth: number): Pieces<void> {
    if (this.#pace.step()) yield;
    if (content.name === null) this.#put(yield* inParts(content.text, escapeText));
    else yield* this.element(content.name, content.value, depth + 1);
  }

  *#gathered(contents: Iterable<Content>): Pieces<readonly Content[]> {
    const gathered: Content[] = [];
    for (const content of contents) {
      gathered.push(content);
      if (this.#pace.step()) yield;
    }
    return gathered;
  }

  /** The end of an element, and of its line where elements have lines. */
  #end(markup: string): void {
    if (this.#verbatim > 0) this.#put(markup);
    else this.line(markup);
  }

  #put(markup: string): void {
    this.#text += markup;
    // Parts may stand in many places, so that little data describes a large document.
    if (this.#text.length <= MAX_TEXT) return;
    throw new LimitError('textLength', `The document would be longer than ${MAX_TEXT} characters.`, {
      hint: 'Build it in parts.',
    });
  }
}

/** What stands in an element: text as it was given, or an element. */
type Content = { readonly name: null; readonly text: string } | { readonly name: string; readonly value: Value };

/** Text among elements is part of the document with its blanks, and `xml:space` may say so (XML 1.0, 2.10). */
function countsBlanks(value: Value, contents: readonly Content[]): boolean {
  if (contents.some(({ name }) => name === null)) return true;
  const attributes = isPlainObject(value) && Object.hasOwn(value, ATTRIBUTES) ? value[ATTRIBUTES] : null;
  return isPlainObject(attributes) && Object.hasOwn(attributes, 'xml:space') && attributes['xml:space'] === 'preserve';
}

function* contentsOf(value: Value): Generator<Content> {
  if (Array.isArray(value)) for (const item of value) yield* contentsOf(hasNames(item));
  else if (isPlainObject(value)) yield* membersAsContents(value);
  else yield* textContents(value);
}

function* membersAsContents(value: ValueObject): Generator<Content> {
  for (const [key, part] of Object.entries(value)) {
    if (key === ATTRIBUTES) continue;
    if (key === TEXT_KEY) yield* textContents(part);
    else if (Array.isArray(part)) for (const item of part) yield { name: key, value: notList(item) };
    else yield { name: key, value: part };
  }
}

function notList(item: Value): Value {
  if (Array.isArray(item)) throw unfitXml('A list lies directly in a list.');
  return item;
}

/** A list in place of an element's contents: objects, whose keys are elements. */
function hasNames(item: Value): ValueObject {
  if (isPlainObject(item)) return item;
  throw unfitXml('A list of single values has no name for its items.');
}

function textContents(value: Value): readonly Content[] {
  const text = legal(value);
  return text === '' ? [] : [{ name: null, text }];
}

function* attributesOf(object: ValueObject): Pieces<string> {
  const attributes = Object.hasOwn(object, ATTRIBUTES) ? object[ATTRIBUTES] : null;
  if (!isPlainObject(attributes)) return '';
  let written = '';
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null) written += ` ${checkName(name)}="${yield* attributeText(value)}"`;
  }
  return written;
}

/** A carriage return would come back as a line feed. */
function escapeText(text: string): string {
  return text.replace(/[&<>\r]/g, escapedCharacter);
}

/** What stands between the quotation marks of an attribute; null is empty. White space other than blanks would come back as blanks. */
export function* attributeText(value: Value): Pieces<string> {
  return yield* inParts(legal(value), (part) => part.replace(/[&<"\t\n\r]/g, escapedCharacter));
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#x9;',
  '\n': '&#xA;',
  '\r': '&#xD;',
};

function escapedCharacter(character: string): string {
  return ESCAPES[character] ?? character;
}

/** Null is empty. */
function legal(value: Value): string {
  const text = String(asText(value) ?? '');
  if (ILLEGAL.test(text)) throw unfitXml('A text holds a character that cannot stand in XML.');
  return text;
}

/** @throws RunError `xml-build`. */
export function checkName(name: string): string {
  if (XML_NAME.test(name)) return name;
  throw unfitXml(`'${name.slice(0, 40)}' cannot be the name of an element or an attribute.`);
}

export function unfitXml(message: string): RunError {
  return new RunError<CardsCode>('xml-build', message, {
    hint: 'Give objects whose keys are XML names, with texts, numbers, objects, or lists of them as values.',
  });
}
