/** Just enough of DER (ITU-T X.690) to look into keys and to put them into another cover. */

export const TAG = { integer: 0x02, bits: 0x03, octets: 0x04, oid: 0x06, sequence: 0x30 } as const;
/** A tag of the context: [0], constructed. */
export const FIRST_TAG = 0xa0;

export interface DerElement {
  readonly tag: number;
  readonly content: Uint8Array<ArrayBuffer>;
  /** With tag and length. */
  readonly whole: Uint8Array<ArrayBuffer>;
}

/**
 * The elements that stand in a row in `bytes`.
 *
 * @throws RangeError when a length leads beyond the end, or is written in a way that no key needs.
 */
export function elementsOf(bytes: Uint8Array<ArrayBuffer>): readonly DerElement[] {
  const found: DerElement[] = [];
  for (let at = 0; at < bytes.length; ) {
    const { length, start } = lengthAt(bytes, at + 1);
    const end = start + length;
    if (end > bytes.length) throw new RangeError('The element is longer than what is there.');
    found.push({ tag: bytes[at] ?? 0, content: bytes.slice(start, end), whole: bytes.slice(at, end) });
    at = end;
  }
  return found;
}

function lengthAt(bytes: Uint8Array, at: number): { readonly length: number; readonly start: number } {
  const first = bytes[at];
  if (first === undefined || first === 0x80 || first > 0x84) throw new RangeError('The length cannot be read.');
  if (first < 0x80) return { length: first, start: at + 1 };
  const start = at + 1 + (first & 0x7f);
  const length = bytes.slice(at + 1, start).reduce((sum, byte) => sum * 256 + byte, 0);
  return { length, start };
}

/** The elements inside the only element, which is a sequence. */
export function sequenceOf(bytes: Uint8Array<ArrayBuffer>): readonly DerElement[] {
  const [only, ...more] = elementsOf(bytes);
  if (only?.tag !== TAG.sequence || more.length > 0) throw new RangeError('This is not one sequence.');
  return elementsOf(only.content);
}

/** One element around `parts`. */
export function element(tag: number, ...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const sizes: number[] = [];
  for (let left = length; left > 0; left = Math.floor(left / 256)) sizes.unshift(left % 256);
  const head = length < 0x80 ? [tag, length] : [tag, 0x80 | sizes.length, ...sizes];
  const bytes = new Uint8Array(head.length + length);
  bytes.set(head);
  let at = head.length;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
