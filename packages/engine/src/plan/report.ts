/** Collects diagnostics while a deck is compiled, with the place filled in. */
import type { Diagnostic, Severity } from '../errors.js';

export class Report {
  readonly diagnostics: Diagnostic[] = [];

  add(severity: Severity, code: string, place: Spot, message: string, hint?: string): void {
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

  get failed(): boolean {
    return this.diagnostics.some((diagnostic) => diagnostic.severity === 'error');
  }
}

/** A place in the document. */
export interface Spot {
  readonly pointer: string;
  readonly flow?: string | undefined;
  readonly card?: string | undefined;
}

/** The spot one or more tokens further down. */
export function below(spot: Spot, ...tokens: readonly (string | number)[]): Spot {
  const path = tokens.map((token) => `/${String(token).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
  return { ...spot, pointer: spot.pointer + path };
}

/** `did you mean "x"?`, or the choices when they are few. */
export function suggest(wrong: string, known: Iterable<string>): string | undefined {
  const names = [...known];
  let best: string | undefined;
  let least = Math.max(2, Math.floor(wrong.length / 3)) + 1;
  for (const name of names) {
    if (Math.abs(name.length - wrong.length) >= least) continue;
    const far = distance(wrong.toLowerCase(), name.toLowerCase());
    if (far < least) {
      least = far;
      best = name;
    }
  }
  if (best !== undefined) return `Did you mean "${best}"?`;
  if (names.length > 0 && names.length <= 12) return `Known: ${names.map((name) => `"${name}"`).join(', ')}.`;
  return undefined;
}

/** Levenshtein distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replace = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replace, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
