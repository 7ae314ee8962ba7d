/** Collects diagnostics, and says in which flow and card each of them lies. */
import type { Diagnostic } from '../errors.js';
import { parsePointer } from '../values/index.js';
import { childOf } from './pointer.js';

/** A report of a thousand faults helps nobody further, and a hostile file can hold millions. */
export const MAX_DIAGNOSTICS = 1000;

/** What a check reports. The severity is `error` unless it is said otherwise. */
export interface DocumentDiagnostic {
  readonly code: string;
  readonly pointer: string;
  readonly message: string;
  readonly hint: string;
}

export class Diagnostics {
  readonly #found: DocumentDiagnostic[] = [];
  #dropped = false;

  add(finding: DocumentDiagnostic): void {
    if (this.full) this.#dropped = true;
    else this.#found.push(finding);
  }

  /** Says that a check found more than it reports. */
  cut(): void {
    this.#dropped = true;
  }

  get full(): boolean {
    return this.#found.length >= MAX_DIAGNOSTICS;
  }

  get empty(): boolean {
    return this.#found.length === 0;
  }

  /** The diagnostics, with the flow and the card of `document` that each pointer leads into. */
  diagnostics(document: unknown): Diagnostic[] {
    const diagnostics = this.#found.map(
      (finding): Diagnostic => ({ severity: 'error', ...finding, ...ownersOf(document, finding.pointer) }),
    );
    if (this.#dropped) {
      diagnostics.push({
        severity: 'info',
        code: 'too-many-faults',
        message: `There are more than ${MAX_DIAGNOSTICS} faults; the others are not listed.`,
        pointer: '',
        hint: 'Repair these first, then check again.',
      });
    }
    return diagnostics;
  }
}

/** Ids of the innermost flow and card around a pointer, as far as they have one. */
function ownersOf(document: unknown, pointer: string): { flow?: string; card?: string } {
  const place: { flow?: string; card?: string } = {};
  const tokens = parsePointer(pointer);
  let node = document;
  for (let depth = 0; ; depth++) {
    const id = childOf(node, 'id');
    const owner = tokens[depth - 2];
    if (typeof id === 'string') {
      if (depth === 0 || (depth === 2 && owner === 'flows')) place.flow = id;
      else if (owner === 'cards') place.card = id;
    } else if (owner === 'cards') {
      delete place.card;
    }
    const token = tokens[depth];
    // Below these stands data of any form, in which `cards` and `id` mean nothing.
    if (token === undefined || token === 'meta' || token === 'in' || token === 'value') return place;
    node = childOf(node, token);
  }
}
