/** Pointers to places in a flow file. */
import { formatPointer } from '@flowdeck/engine/kit';

/** The pointer to something below a place. */
export function below(pointer: string, ...tokens: readonly (string | number)[]): string {
  return pointer + formatPointer(tokens);
}

/** A name of the file on one line, short enough for a message. */
export function quoted(name: string): string {
  return JSON.stringify(name.length > 60 ? `${name.slice(0, 60)}…` : name);
}
