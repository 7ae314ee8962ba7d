/** What the readers of the parts hand to each other. */
import type { Diagnostics } from '../diagnostics.js';
import type { JsonObject, Spot } from '../json.js';
import type { RawGraph } from './model.js';

/** What reading a file needs at every level. */
export interface Reading {
  readonly found: Diagnostics;
  /** Reports a part that is not what stands there in every sound file. */
  wrong(spot: Spot, expected: string): void;
  /** Reads an inline block; null when it is nested too deep. */
  block(raw: JsonObject, spot: Spot, depth: number): RawGraph | null;
}
