/** XML text as objects and lists, in the shapes of xml2js. A module of its own, to be loaded late with its parser. */
import { RunError, type Value, type ValueObject } from '@flowdeck/engine';
import { ObjectBuilder, safeObject, setOwn } from '@flowdeck/engine/kit';
import { SaxesParser } from 'saxes';
import type { CardsCode } from '../codes.js';
import type { Pieces } from '../shared/pace.js';
import { reasonOf } from './reasons.js';

/** Every element is an object in a list, and values nest 1,000 levels at most. */
const MAX_DEPTH = 400;
const MAX_ELEMENTS = 1_000_000;
/** Characters that are read in a millisecond or two. */
const PARSED_AT_ONCE = 16_384;

export interface ReadOptions {
  readonly attributeKey: string;
  readonly textKey: string;
  /** Text is always a property of an object, also where an element holds nothing else. */
  readonly keepTextKey: boolean;
  readonly trim: boolean;
  readonly collapseBlanks: boolean;
  readonly lowerCaseNames: boolean;
  readonly keepRoot: boolean;
}

interface XmlElement {
  readonly name: string;
  readonly attributes: ValueObject | null;
  text: string;
  /** Text of a CDATA section counts, also where it is blank. */
  hasCData: boolean;
  children: ObjectBuilder<Value[]> | null;
}

/**
 * Reads a document. Document types with declarations are refused, so that there are no entities but the five of XML, and
 * nothing outside of the text is ever looked at.
 *
 * @throws RunError `xml-parse`, `xml-refused`, `xml-limit` or `xml-key`.
 */
export function* readXml(text: string, options: ReadOptions): Pieces<ValueObject> {
  if (options.attributeKey === options.textKey) throw badKey('Attributes and text have the same key.');
  const parser = new SaxesParser({ xmlns: false });
  const open: XmlElement[] = [];
  let elements = 0;
  let root: ValueObject | null = null;

  // A line before the declaration is a usual slip of templates.
  const document = text.trimStart();
  parser.on('error', ({ message }) => {
    const skipped = text.slice(0, text.length - document.length).split('\n');
    const before = parser.line === 1 ? (skipped.at(-1)?.length ?? 0) : 0;
    throw malformedXml(skipped.length - 1 + parser.line, before + parser.column, reasonOf(message));
  });
  parser.on('doctype', (doctype) => {
    if (doctype.includes('[')) throw refused();
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (++elements > MAX_ELEMENTS) throw tooMuch(`more than ${MAX_ELEMENTS} elements`);
    if (open.length >= MAX_DEPTH) throw tooMuch(`more than ${MAX_DEPTH} elements within one another`);
    const entries = Object.entries(attributes);
    open.push({
      name: options.lowerCaseNames ? name.toLowerCase() : name,
      attributes: entries.length === 0 ? null : safeObject(entries),
      text: '',
      hasCData: false,
      children: null,
    });
  });
  const append = (part: string) => {
    const element = open.at(-1);
    if (element) element.text += part;
    return element;
  };
  parser.on('text', append);
  parser.on('cdata', (part) => {
    const element = append(part);
    // An empty section counts for nothing.
    if (element && part !== '') element.hasCData = true;
  });
  parser.on('closetag', () => {
    const element = open.pop();
    if (!element) return;
    const parent = open.at(-1);
    if (parent) addChild(parent, element.name, contentOf(element, options));
    else root = valueOfRoot(element, options);
  });
  for (let at = 0; at < document.length; at += PARSED_AT_ONCE) {
    if (at > 0) yield;
    parser.write(document.slice(at, at + PARSED_AT_ONCE));
  }
  parser.close();
  return root ?? {};
}

function addChild(parent: XmlElement, name: string, value: Value): void {
  parent.children ??= new ObjectBuilder();
  const { object } = parent.children;
  if (Object.hasOwn(object, name)) object[name]?.push(value);
  else parent.children.set(name, [value]);
}

/** The text alone, where there is nothing else; otherwise an object of text, attributes and children. */
function contentOf(element: XmlElement, options: ReadOptions): Value {
  const text = textOfElement(element, options);
  if (element.attributes === null && element.children === null) {
    if (text === null) return element.text;
    if (!options.keepTextKey) return text;
  }
  const object: { [key: string]: Value } = {};
  if (text !== null) setOwn(object, options.textKey, text);
  if (element.attributes !== null) setOwn(object, options.attributeKey, element.attributes);
  for (const [name, values] of Object.entries(element.children?.object ?? {})) {
    if (Object.hasOwn(object, name)) throw badKey(`An element is named like the key for its parent's ${what(name)}.`);
    setOwn(object, name, values);
  }
  return object;

  function what(name: string): string {
    return name === options.textKey ? 'text' : 'attributes';
  }
}

/** Null where there is only white space, which stands between elements to be read by people. */
function textOfElement(element: XmlElement, options: ReadOptions): string | null {
  if (!element.hasCData && element.text.trim() === '') return null;
  const text = options.trim ? element.text.trim() : element.text;
  return options.collapseBlanks ? text.replace(/\s{2,}/g, ' ').trim() : text;
}

/** The output is an object: a root that holds text only keeps it under the text's key. */
function valueOfRoot(element: XmlElement, options: ReadOptions): ValueObject {
  const value = contentOf(element, options);
  if (options.keepRoot) return safeObject([[element.name, value]]);
  // What an element holds is text, or a record of its parts.
  if (typeof value !== 'string') return value as ValueObject;
  return value.trim() === '' ? {} : safeObject([[options.textKey, value]]);
}

function malformedXml(line: number, column: number, reason: string | null): RunError {
  const why = reason === null ? '' : `, where ${reason}`;
  return new RunError<CardsCode>(
    'xml-parse',
    `The text is not well-formed XML: line ${line}, column ${column}${why}.`,
    {
      at: { field: 'text' },
      hint: 'Give one root element, close every element, and write & and < as &amp; and &lt;.',
    },
  );
}

function refused(): RunError {
  return new RunError<CardsCode>('xml-refused', 'The document type holds declarations, such as entities.', {
    at: { field: 'text' },
    hint: 'Remove what stands in the square brackets of <!DOCTYPE ...>.',
  });
}

function tooMuch(what: string): RunError {
  return new RunError<CardsCode>('xml-limit', `The document has ${what}.`, {
    at: { field: 'text' },
    hint: 'Split the document.',
  });
}

function badKey(message: string): RunError {
  return new RunError<CardsCode>('xml-key', message, { hint: 'Choose another key for attributes or for text.' });
}
