/** What a runtime stores may be sealed: inputs, calls, results of effects, signals and ends. */
import type { DataObject } from '../values/index.js';

/** Seals text with a key of the host, and opens it. */
export interface RunSeal {
  /** Tells keys apart, and nothing of them. Letters and digits. */
  readonly id: string;
  /** The same text gives the same sealed text: runtimes compare what a replay sends with what was sent. */
  close(text: string): string;
  /** Null: it was sealed with another key, or changed. */
  open(sealed: string): string | null;
}

/** A sealed value, among others that are not. */
export interface SealedValue extends DataObject {
  /** What `RunSeal.close` gave for its JSON. */
  readonly $sealed: string;
}
