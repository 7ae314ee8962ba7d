/** Collects diagnostics while a deck is compiled, with the place filled in. */
import { closest } from '../document/did-you-mean.js';
import type { Diagnostic, Severity } from '../errors.js';
import type { Spot } from './spot.js';

export class PlanDiagnostics {
  readonly diagnostics: Diagnostic[] = [];
  /** How many of them are errors. */
  errors = 0;

  add(severity: Severity, code: string, place: Spot, message: string, hint?: string): void {
    if (severity === 'error') this.errors++;
    this.diagnostics.push({
      severity,
      code,
      message,
      pointer: place.pointer,
      ...(hint === undefined ? {} : { hint }),
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
