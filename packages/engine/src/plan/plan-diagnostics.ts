/** Collects diagnostics while a deck is compiled, with the place filled in. */
import type { EngineCode } from '../codes.js';
import type { Diagnostic, Severity } from '../diagnostic.js';
import { closest } from '../document/did-you-mean.js';
import type { Spot } from './spot.js';

/** More names than this are no help in a hint. */
const FEW = 12;
/** A file with so many wrong names is no file of ours, or of an older day: comparing each with all there are takes long. */
const MOST_GUESSES = 200;

export class PlanDiagnostics {
  readonly diagnostics: Diagnostic[] = [];
  /** How many of them are errors. */
  errors = 0;
  /** Wrong names that were compared with those there are. */
  #guesses = 0;

  add(severity: Severity, code: EngineCode, place: Spot, message: string, hint?: string): void {
    this.adopt({ severity, code, message, pointer: '', ...(hint === undefined ? {} : { hint }) }, place);
  }

  /** Takes what was found in a text of the document, such as an expression, which does not know where it stands. */
  adopt(found: Diagnostic, place: Spot): void {
    if (found.severity === 'error') this.errors++;
    this.diagnostics.push({
      ...found,
      pointer: place.pointer,
      ...(place.flow === undefined ? {} : { flow: place.flow }),
      ...(place.card === undefined ? {} : { card: place.card }),
    });
  }

  /** The name that was probably meant; null when none is close, and once so many were wrong that guessing helps nobody. */
  meant(wrong: string, known: Iterable<string>): string | null {
    if (this.#guesses >= MOST_GUESSES) return null;
    this.#guesses++;
    return closest(wrong, known);
  }

  /** `Did you mean "x"?`, or the choices when they are few; `none` when there are none. */
  suggest(wrong: string, known: Iterable<string>, none?: string): string | undefined {
    const meant = this.meant(wrong, known);
    if (meant !== null) return `Did you mean "${meant}"?`;
    const names = first(FEW + 1, known);
    if (names.length === 0) return none;
    return names.length <= FEW ? `Known: ${names.map((name) => `"${name}"`).join(', ')}.` : undefined;
  }
}

function first(most: number, names: Iterable<string>): string[] {
  const taken: string[] = [];
  for (const name of names) {
    if (taken.length === most) break;
    taken.push(name);
  }
  return taken;
}
