/** Passes over text inside JSON text. */

export const QUOTE = 34;
const BACKSLASH = 92;

/** The offset behind the text whose opening quote stands at `start`. */
export function pastText(json: string, start: number): number {
  let at = start + 1;
  for (let code = json.charCodeAt(at); code !== QUOTE; code = json.charCodeAt(at)) {
    // Text without an end would be no JSON; it must not hang all the same.
    if (Number.isNaN(code)) return at;
    at += code === BACKSLASH ? 2 : 1;
  }
  return at + 1;
}
