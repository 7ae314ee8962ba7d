/** Reads a flow file, and reports all that is wrong with it. */
import type { Diagnostic } from '../errors.js';
import { checkMeaning } from './check.js';
import { Diagnostics } from './diagnostics.js';
import { type InspectLimits, inspectValue, reportSize } from './inspect.js';
import { diagnoseJson } from './json-diagnostic.js';
import { lineAndColumn } from './line-column.js';
import { isObject } from './pointer.js';
import { isFlowFile } from './shape.js';
import type { FlowFile } from './types.js';
import { utf8 } from './utf8.js';

export interface ParseOptions {
  /** Name of the file, for messages. */
  readonly file?: string;
  /** Largest size, in bytes of UTF-8. Default 33,554,432 (32 MiB). */
  readonly maxBytes?: number;
  /** Levels of lists and objects. A block takes four of them. Default 100, at most 1,000. */
  readonly maxDepth?: number;
}

export interface ParseResult {
  /** Null when there is a diagnostic of severity `error`. */
  readonly document: FlowFile | null;
  readonly diagnostics: Diagnostic[];
}

export const DEFAULT_MAX_BYTES = 32 * 1024 * 1024;
const DEFAULT_MAX_DEPTH = 100;
/** What the recursive readers of a document can bear on any platform. */
export const MAX_DOCUMENT_DEPTH = 1000;

/**
 * Reads a flow file: JSON text, or the value that it stands for. It never throws.
 *
 * All faults are reported, not just the first; after a fault of JSON syntax, depth or size nothing more can be said.
 * The value is checked, not copied: it must not be changed afterwards.
 *
 * @example
 * const { document, diagnostics } = parseDocument(text, { file: 'notify.flow.json' });
 * if (document === null) throw new DocumentError(diagnostics);
 */
export function parseDocument(source: unknown, options: ParseOptions = {}): ParseResult {
  const diagnostics = new Diagnostics();
  const limits = {
    maxBytes: options.maxBytes ?? DEFAULT_MAX_BYTES,
    maxDepth: Math.min(options.maxDepth ?? DEFAULT_MAX_DEPTH, MAX_DOCUMENT_DEPTH),
  };
  const file = options.file ?? 'the document';
  try {
    const value = typeof source === 'string' ? readJson(source, file, limits, diagnostics) : source;
    if (!diagnostics.empty || !inspectValue(value, limits, diagnostics) || !isKnownVersion(value, diagnostics)) {
      return { document: null, diagnostics: diagnostics.diagnostics(null) };
    }
    const sound = isFlowFile(value, diagnostics);
    checkMeaning(value, diagnostics);
    return { document: sound && diagnostics.empty ? value : null, diagnostics: diagnostics.diagnostics(value) };
  } catch (error) {
    // Only a getter or proxy of the host's own value can throw here.
    diagnostics.add({
      code: 'not-json',
      pointer: '',
      message: `Cannot read ${file}: ${error instanceof Error ? error.message : 'reading it throws'}.`,
      hint: 'Give JSON text, or plain data without getters and proxies.',
    });
    return { document: null, diagnostics: diagnostics.diagnostics(null) };
  }
}

/** Reports why the text cannot be read; what it returns then is not looked at. */
function readJson(source: string, file: string, limits: InspectLimits, diagnostics: Diagnostics): unknown {
  if (isLonger(source, limits.maxBytes)) {
    reportSize(limits.maxBytes, diagnostics);
    return null;
  }
  const text = source.startsWith('\uFEFF') ? source.slice(1) : source;
  try {
    return JSON.parse(text);
  } catch (error) {
    const fault = diagnoseJson(text, limits.maxDepth);
    // Without a fault of its own the text is sound, and the platform's reader met a limit.
    const { line, column } = lineAndColumn(text, fault?.offset ?? 0);
    diagnostics.add({
      code: fault?.code ?? 'json-syntax',
      pointer: fault?.pointer ?? '',
      message: `${fault?.message ?? `The text cannot be read: ${String(error)}`} (${file}, line ${line}, column ${column}).`,
      hint: fault?.hint ?? 'Make the document smaller.',
    });
    return null;
  }
}

function isLonger(text: string, maxBytes: number): boolean {
  // A UTF-16 unit takes one to three bytes of UTF-8, so that most texts need not be counted.
  if (text.length > maxBytes) return true;
  return text.length * 3 > maxBytes && utf8(text).length > maxBytes;
}

/** Another version may mean anything by its properties: faults found by the rules of this one would mislead. */
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
