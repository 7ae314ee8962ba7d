/** Reads a flow file, and finds all that is wrong with it. */
import { checkMeaning } from './check.js';
import { Diagnostics } from './diagnostics.js';
import { reportDuplicates } from './duplicate-members.js';
import { inspectValue } from './inspect.js';
import { DEFAULT_MAX_BYTES, JsonText, type JsonTextOptions } from './json-text.js';
import { isObject } from './members.js';
import { ParsedDocument } from './parsed.js';
import { isFlowFile } from './shape.js';

/** How a flow file is read. */
export interface ParseOptions extends JsonTextOptions {
  /** Levels of lists and objects. A block takes four of them. Default 100, at most 1,000. */
  readonly maxDepth?: number;
}

const DEFAULT_MAX_DEPTH = 100;
/** What the recursive readers of a document can bear on any platform. */
export const MAX_DOCUMENT_DEPTH = 1000;

/**
 * Reads a flow file: JSON text, or the value that it stands for. It never throws. A `JsonText` is not read again, and a
 * document that was parsed already is given back.
 *
 * All diagnostics are given, not just the first; after one of JSON syntax, depth or size nothing more can be said.
 * With text they have line and column. That the flows which a document names are there is looked at when it is compiled.
 * The value is checked, not copied: it must not be changed afterwards.
 *
 * @example
 * const { document, diagnostics } = parseDocument(text, { file: 'notify.flow.json' });
 * if (document === null) throw new DocumentError(diagnostics);
 */
export function parseDocument(source: unknown, options: ParseOptions = {}): ParsedDocument {
  if (source instanceof ParsedDocument) return source;
  const diagnostics = new Diagnostics();
  const limits = {
    maxBytes: options.maxBytes ?? DEFAULT_MAX_BYTES,
    maxDepth: Math.min(options.maxDepth ?? DEFAULT_MAX_DEPTH, MAX_DOCUMENT_DEPTH),
  };
  const { file } = options;
  const json = typeof source === 'string' ? new JsonText(source, options) : source instanceof JsonText ? source : null;
  const origin = { ...(file === undefined ? {} : { file }), ...(json === null ? {} : { json }) };
  if (json && json.diagnostics.length > 0) return new ParsedDocument(null, json.diagnostics, origin);
  try {
    const value = json ? json.value : source;
    const inspected = inspectValue(value, limits, diagnostics, json);
    if (inspected === null || !isKnownVersion(value, diagnostics)) {
      return new ParsedDocument(null, diagnostics.diagnostics(null), origin);
    }
    if (json) reportDuplicates(json.text, inspected.members, diagnostics);
    const sound = isFlowFile(value, diagnostics);
    checkMeaning(value, diagnostics);
    return new ParsedDocument(sound && !diagnostics.refuses ? value : null, diagnostics.diagnostics(value), origin);
  } catch (error) {
    // Only a getter or proxy of the host's own value can throw here.
    diagnostics.add({
      code: 'not-json',
      pointer: '',
      message: `Cannot read ${file ?? 'the document'}: ${error instanceof Error ? error.message : 'reading it throws'}.`,
      hint: 'Give JSON text, or plain data without getters and proxies.',
    });
    return new ParsedDocument(null, diagnostics.diagnostics(null), origin);
  }
}

/** Another version may mean anything by its properties: what is found by the rules of this one would mislead. */
function isKnownVersion(value: unknown, diagnostics: Diagnostics): boolean {
  if (!isObject(value)) return true;
  const version = value['flowdeck'];
  if (typeof version === 'number' && version !== 1)
    return reportVersion(`version ${version}`, '/flowdeck', diagnostics);
  const link = value['$schema'];
  const linked = typeof link === 'string' ? /flow-(\d+)\.json(?![^#?])/.exec(link)?.[1] : undefined;
  if (linked !== undefined && linked !== '1') {
    return reportVersion(`the schema of version ${linked}`, '/$schema', diagnostics);
  }
  return true;
}

function reportVersion(what: string, pointer: string, diagnostics: Diagnostics): false {
  diagnostics.add({
    code: 'unsupported-version',
    pointer,
    message: `The document is written for ${what.slice(0, 80)} of the format; this engine reads version 1.`,
    hint: 'Use a newer engine, or write "flowdeck": 1 and link flow-1.json.',
  });
  return false;
}
