/** The forms in which a secret is still one: whoever reads it has it, or a good part of it. */
import { Buffer } from 'node:buffer';

/** A text that gives a secret away. */
interface SecretForm {
  readonly text: string;
  /** For the message: empty for the secret itself, else such as ` in base64`. */
  readonly how: string;
}

/** Letters of a secret in a row that are no hint any more, but a part of it. */
const PART = 8;

/** In which form a text gives a secret away, as a message says it: empty for the secret itself. Null: in none. */
export function formIn(text: string, secret: string): string | null {
  const form = formsOf(secret).find((each) => text.includes(each.text));
  if (form !== undefined) return form.how;
  // Letter by letter, in capitals, or cut: whatever stands between, a row of its letters is a part of it.
  const letters = lettersOf(text);
  const own = lettersOf(secret);
  for (let at = 0; at + PART <= own.length; at++) {
    if (letters.includes(own.slice(at, at + PART))) return ' in part, or letter by letter';
  }
  return null;
}

function lettersOf(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** The secret as it is, and in other forms; in base64 also where it stands within a longer text. */
function formsOf(secret: string): readonly SecretForm[] {
  const reversed = [...secret].reverse().join('');
  return [
    { text: secret, how: '' },
    { text: encodeURIComponent(secret), how: ' percent-encoded' },
    { text: new URLSearchParams([['', secret]]).toString().slice(1), how: ' as of a form' },
    { text: Buffer.from(secret).toString('hex'), how: ' in hex' },
    { text: Buffer.from(secret).toString('hex').toUpperCase(), how: ' in hex' },
    ...inBase64(secret).map((text) => ({ text, how: ' in base64' })),
    ...inBase64(reversed).map((text) => ({ text, how: ' backwards, in base64' })),
    ...inBase64(secret).flatMap((once) => inBase64(once).map((text) => ({ text, how: ' in base64 of base64' }))),
    { text: reversed, how: ' backwards' },
  ];
}

/** What base64 makes of a secret, wherever in a longer text it stands. */
function inBase64(secret: string): readonly string[] {
  return [0, 1, 2].map((before) => base64Within(secret, before));
}

/** The same after so many other bytes, whatever these are and whatever comes after it. */
function base64Within(secret: string, before: number): string {
  const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]);
  const whole = bytes.subarray(before === 0 ? 0 : 3, bytes.length - (bytes.length % 3));
  return whole.toString('base64');
}
