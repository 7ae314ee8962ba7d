/** What reading a flow file gave, with the way from its JSON Pointers to lines of its text. */
import type { Diagnostic } from '../diagnostic.js';
import type { JsonText } from './json-text.js';
import type { FlowFile } from './types.js';

/** Where a document comes from. */
export interface DocumentOrigin {
  /** Name of the file, where there is one. */
  readonly file?: string;
  /** Its text; without it, the document was given as a value. */
  readonly json?: JsonText;
}

/**
 * A flow file that was read: once, to be handed on. `Engine.load`, `check` and `validate` take it in place of its text.
 */
export class ParsedDocument {
  /** Null when there is a diagnostic of severity `error`. */
  readonly document: FlowFile | null;
  /** Everything found, placed by line and column where the document was text. */
  readonly diagnostics: readonly Diagnostic[];
  /** Name of the file, where there is one. */
  readonly file: string | undefined;
  /** The text that it was read from. Null: it was given as a value. */
  readonly json: JsonText | null;

  /** `found` need not have places. */
  constructor(document: FlowFile | null, found: readonly Diagnostic[], { file, json }: DocumentOrigin = {}) {
    this.document = document;
    this.file = file ?? json?.file;
    this.json = json ?? null;
    this.diagnostics = this.place(found);
  }

  /** Diagnostics of this document with the file, and with line and column where it has text. */
  place(found: readonly Diagnostic[]): readonly Diagnostic[] {
    const { file, json } = this;
    if (json) return json.place(found);
    return file === undefined ? found : found.map((diagnostic) => ({ file, ...diagnostic }));
  }
}
