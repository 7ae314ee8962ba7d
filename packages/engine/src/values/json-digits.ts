/** Keeps the digits of whole numbers in JSON text that no double can hold: ids of services have 18 and more. */
import { losesDigits } from './digits.js';
import { pastText, QUOTE } from './past-text.js';

/** Fewer digits always fit: 2^53 has 16. */
const MANY_DIGITS = /\d{16}/;

/**
 * The text with every whole number whose digits JavaScript would change put into quotes (RFC 8259, 6), and those that a
 * point follows: what stands behind it may be rounded, and what stands before it may not. Numbers that are written with an
 * exponent are measures, not ids, and stay.
 *
 * @param json Text that is known to be JSON.
 * @example
 * keepDigits('{"id":7615917337495251231}'); // '{"id":"7615917337495251231"}'
 */
export function keepDigits(json: string): string {
  if (!MANY_DIGITS.test(json)) return json;
  const number = /-?\d[\d.eE+-]*/y;
  let kept = '';
  let copied = 0;
  let at = 0;
  while (at < json.length) {
    const code = json.charCodeAt(at);
    if (code === QUOTE) {
      at = pastText(json, at);
    } else if (code === MINUS_SIGN || (code >= ZERO && code <= NINE)) {
      number.lastIndex = at;
      const [digits = ''] = number.exec(json) ?? [];
      if (isId(digits)) {
        kept += `${json.slice(copied, at)}"${digits}"`;
        copied = at + digits.length;
      }
      at += digits.length;
    } else {
      at++;
    }
  }
  return kept + json.slice(copied);
}

/** True for a number as JSON writes it of whose whole part a double would make another one. */
function isId(digits: string): boolean {
  if (digits.length < 16 || /[eE]/.test(digits)) return false;
  const number = Number(digits);
  if (digits.includes('.')) return losesDigits(digits, number);
  const printed = String(number);
  // A double may be the very number, and still be written with other digits: 578409822158376320 ends with 300 then.
  return printed.includes('e') ? losesDigits(digits, number) : printed !== digits;
}

const MINUS_SIGN = 45;
const ZERO = 48;
const NINE = 57;
