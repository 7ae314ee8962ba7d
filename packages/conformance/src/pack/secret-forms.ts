/** The forms in which a secret is still one: whoever reads it has it. */
import { Buffer } from 'node:buffer';

/** A text that gives a secret away. */
export interface SecretForm {
  readonly text: string;
  /** For the message: empty for the secret itself, else such as ` in base64`. */
  readonly how: string;
}

/** The secret as it is, and in other forms; in base64 also where it stands within a longer text. */
export function formsOf(secret: string): readonly SecretForm[] {
  return [
    { text: secret, how: '' },
    { text: encodeURIComponent(secret), how: ' percent-encoded' },
    { text: new URLSearchParams([['', secret]]).toString().slice(1), how: ' as of a form' },
    { text: Buffer.from(secret).toString('hex'), how: ' in hex' },
    { text: Buffer.from(secret).toString('hex').toUpperCase(), how: ' in hex' },
    ...[0, 1, 2].map((before) => ({ text: base64Within(secret, before), how: ' in base64' })),
    { text: [...secret].reverse().join(''), how: ' backwards' },
  ];
}

/** What base64 makes of a secret after so many other bytes, whatever these are and whatever comes after it. */
function base64Within(secret: string, before: number): string {
  const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]);
  const whole = bytes.subarray(before === 0 ? 0 : 3, bytes.length - (bytes.length % 3));
  return whole.toString('base64');
}
