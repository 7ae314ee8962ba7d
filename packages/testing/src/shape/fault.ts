/** What is wrong with a piece of JSON from outside. */
import { didYouMean } from '@flowdeck/engine/kit';

/** One fault of a file: where, what, and what to do. */
export interface ShapeFault {
  /** JSON Pointer into what was checked. */
  readonly pointer: string;
  /** What is wrong, in a sentence. */
  readonly message: string;
  /** What to do about it. */
  readonly hint: string;
}

/** A name that nothing has, with what was probably meant. */
export function unknownName(pointer: string, message: string, name: string, known: Iterable<string>): ShapeFault {
  const names = [...known];
  const all = names.length === 0 ? 'There are none.' : `Known: ${names.slice(0, SHOWN).map(quoted).join(', ')}.`;
  return { pointer, message, hint: didYouMean(name, names, all) };
}

const SHOWN = 12;

export function quoted(text: string): string {
  return JSON.stringify(text);
}

/** The beginning of a value, for messages. */
export function brief(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
