/** Collects diagnostics, and says in which flow and card each of them lies. */
import type { EngineCode } from '../codes.js';
import type { Diagnostic } from '../diagnostic.js';
import { type Position, parsePointer } from '../values/index.js';
import { childOf } from './members.js';

/** A list of more helps nobody further, and a hostile file can hold millions. */
export const MAX_DIAGNOSTICS = 1000;

/** What a check of the document finds. */
export interface DocumentDiagnostic extends Partial<Position> {
  /** Default: `error`. */
  readonly severity?: 'error' | 'warning';
  readonly code: EngineCode;
  readonly pointer: string;
  readonly message: string;
  readonly hint: string;
}

export class Diagnostics {
  readonly #found: DocumentDiagnostic[] = [];
  #dropped = false;
  #refuses = false;

  add(diagnostic: DocumentDiagnostic): void {
    if (diagnostic.severity !== 'warning') this.#refuses = true;
    if (this.full) {
      this.#dropped = true;
      if (!this.#makeRoomFor(diagnostic)) return;
    }
    this.#found.push(diagnostic);
  }

  /** Any number of warnings must not hide why a document is refused. */
  #makeRoomFor({ severity }: DocumentDiagnostic): boolean {
    const spare = severity === 'warning' ? -1 : this.#found.findIndex((found) => found.severity === 'warning');
    if (spare >= 0) this.#found.splice(spare, 1);
    return spare >= 0;
  }

  /** Says that a check found more than it tells. */
  cut(): void {
    this.#dropped = true;
  }

  get full(): boolean {
    return this.#found.length >= MAX_DIAGNOSTICS;
  }

  /** Whether there is an error among them, those included that are not listed. */
  get refuses(): boolean {
    return this.#refuses;
  }

  /** The diagnostics, with the flow and the card of `document` that each pointer leads into. */
  diagnostics(document: unknown): Diagnostic<EngineCode>[] {
    const diagnostics = this.#found.map(
      (diagnostic): Diagnostic<EngineCode> => ({
        severity: 'error',
        ...diagnostic,
        ...ownersOf(document, diagnostic.pointer),
      }),
    );
    if (this.#dropped) {
      diagnostics.push({
        severity: 'info',
        code: 'too-many-diagnostics',
        message: `There are more than ${MAX_DIAGNOSTICS} diagnostics; the others are not listed.`,
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
