/** Writes a flow file in its canonical form, so that a diff shows only what changed. */
import { DocumentError } from '../errors.js';
import { Diagnostics } from './diagnostics.js';
import { inspectValue } from './inspect.js';
import { kindOfMember, orderedKeys, rootKind } from './kinds.js';
import { isObject } from './members.js';
import type { FlowFile } from './types.js';

const COLUMNS = 100;
const INDENT = 2;
/** Deep enough for all that `parseDocument` can return, and for any platform's stack. */
const LIMITS = { maxDepth: 1000, maxBytes: Number.POSITIVE_INFINITY };

/**
 * Prints a document: properties in the order of the schema, keys that the author chose in their own order, two spaces
 * of indent, a list or object without inner ones on one line of at most 100 columns, a line break at the end.
 * Nothing is lost, and printing what was parsed from a print gives the same text.
 *
 * @throws DocumentError (`not-json`, `unsafe-key`, `key-too-long`, `document-too-deep`) when the document holds what a
 * file cannot hold.
 * @example await writeFile('notify.flow.json', printDocument(document));
 */
export function printDocument(document: FlowFile): string {
  assertJson(document);
  return `${block({ ...document }, rootKind(document), 0)}\n`;
}

/** Throws what `inspectValue` finds, so that the recursion after it cannot fail. */
export function assertJson(document: FlowFile): void {
  const diagnostics = new Diagnostics();
  inspectValue(document, LIMITS, diagnostics);
  if (diagnostics.refuses) throw new DocumentError(diagnostics.diagnostics(document));
}

/** `taken`: columns that are in use on the line before and after the value. */
function write(value: unknown, kind: string, indent: number, taken: number): string {
  if (!isObject(value)) return JSON.stringify(value);
  if (isLeaf(value, kind)) {
    const line = inline(value, kind);
    if (indent + taken + line.length <= COLUMNS) return line;
  }
  return block(value, kind, indent);
}

function block(value: Readonly<Record<string, unknown>>, kind: string, indent: number): string {
  const inner = indent + INDENT;
  const margin = ' '.repeat(inner);
  const members: string[] = [];
  if (Array.isArray(value)) {
    for (const item of value) members.push(margin + write(item, kind, inner, 1));
    return enclosed('[', members, ']', indent);
  }
  for (const [key, member] of entries(value, kind)) {
    const name = `${JSON.stringify(key)}: `;
    members.push(margin + name + write(member, kindOfMember(kind, key), inner, name.length + 1));
  }
  return enclosed('{', members, '}', indent);
}

function enclosed(opening: string, members: readonly string[], closing: string, indent: number): string {
  if (members.length === 0) return opening + closing;
  return `${opening}\n${members.join(',\n')}\n${' '.repeat(indent)}${closing}`;
}

function inline(value: unknown, kind: string): string {
  if (!isObject(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item) => inline(item, kind)).join(', ')}]`;
  const members = entries(value, kind).map(
    ([key, member]) => `${JSON.stringify(key)}: ${inline(member, kindOfMember(kind, key))}`,
  );
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

/** Holds no filled list or object; except a binding, which is one thing together with its literal value. */
function isLeaf(value: Readonly<Record<string, unknown>>, kind: string): boolean {
  const members = Object.values(value);
  if (kind === 'binding' && members.length === 1 && isObject(members[0])) return isLeaf(members[0], 'binding.value');
  return members.every((member) => !isObject(member) || Object.keys(member).length === 0);
}

function entries(value: Readonly<Record<string, unknown>>, kind: string): [string, unknown][] {
  return orderedKeys(value, kind).map((key) => [key, value[key]]);
}
