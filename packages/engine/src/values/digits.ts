/** Whole numbers in text that no double can hold: reading them gives another number, and nobody would notice. */

/** What a decimal text says before its point, or all of a text such as `0xFF`. */
const WHOLE = /^([+-]?\d+)(?:\.\d*)?$|^(0[box][\da-f]+)$/i;

/**
 * The whole number that stands in `text` when `number`, read from it, is another one; null when nothing is lost. What is
 * written with an exponent is a measure and no id, and may be rounded; so may be what stands behind a point.
 *
 * @example
 * lostDigits('9007199254740993', Number('9007199254740993')); // 9007199254740993n: the number ends with 2
 * lostDigits('1e30', 1e30); // null
 */
export function lostDigits(text: string, number: number): bigint | null {
  // The test that nearly every number passes; all else may take its time.
  if (number <= Number.MAX_SAFE_INTEGER && number >= -Number.MAX_SAFE_INTEGER) return null;
  const [, decimal, other] = WHOLE.exec(text.trim()) ?? [];
  const digits = decimal ?? other;
  if (digits === undefined || !Number.isFinite(number)) return null;
  const whole = BigInt(digits);
  // JavaScript writes as few digits as name the double: what comes out as it went in has lost nothing.
  return whole === BigInt(number) || String(whole) === String(number) ? null : whole;
}

/** True when `number` is not the whole number that stands in the text from which it was read. */
export function losesDigits(text: string, number: number): boolean {
  return lostDigits(text, number) !== null;
}
