/** Collects diagnostics while a deck is compiled, with the place filled in. */
import type { EngineCode } from '../codes.js';
import type { Diagnostic, Severity } from '../diagnostic.js';
import { closest } from '../document/did-you-mean.js';
import type { Spot } from './spot.js';

export class PlanDiagnostics {
  readonly diagnostics: Diagnostic[] = [];
  /** How many of them are errors. */
  errors = 0;

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
}

/** More names than this are no help in a hint. */
const FEW = 12;

/** `Did you mean "x"?`, or the choices when they are few. */
export function suggest(wrong: string, known: Iterable<string>): string | undefined {
  const names = [...known];
  const meant = closest(wrong, names);
  if (meant !== null) return `Did you mean "${meant}"?`;
  if (names.length > 0 && names.length <= FEW) return `Known: ${names.map((name) => `"${name}"`).join(', ')}.`;
  return undefined;
}
