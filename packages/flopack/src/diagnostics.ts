/** Collects diagnostics, each with its JSON Pointer in the original file. */
import type { Diagnostic, Severity } from '@flowdeck/engine';
import type { FlopackCode } from './codes.js';
import type { Spot } from './json.js';

/** Beyond this many, a file is not worth describing further. */
const MOST_DIAGNOSTICS = 1000;

export class Diagnostics {
  readonly diagnostics: Diagnostic<FlopackCode>[] = [];
  #errors = 0;

  add(severity: Severity, code: FlopackCode, spot: Spot, message: string, hint?: string): void {
    if (severity === 'error') this.#errors++;
    if (this.diagnostics.length >= MOST_DIAGNOSTICS) return;
    this.diagnostics.push({
      severity,
      code,
      message,
      pointer: spot.pointer,
      ...(hint === undefined ? {} : { hint }),
    });
  }

  get failed(): boolean {
    return this.#errors > 0;
  }
}
