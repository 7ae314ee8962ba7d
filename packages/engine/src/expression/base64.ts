/** `$base64encode` and `$base64decode` as JSONata's page has them: the evaluator itself reads and writes Latin-1. */
import { expressionRefusal } from './faults.js';

/** Each character is one byte. */
export function encodeBase64(text: unknown): unknown {
  if (typeof text !== 'string') return undefined;
  if (/[^\0-\u00ff]/.test(text)) {
    throw expressionRefusal(
      'expression',
      '$base64encode takes characters up to U+00FF only, for each of them is one byte.',
      'Use the card Base64, which writes UTF-8.',
    );
  }
  return btoa(text);
}

/**
 * The text whose UTF-8 bytes are given; of bytes that are no UTF-8 each is a character, as `$base64encode` writes them.
 * The URL-safe alphabet and missing padding are accepted, other characters are passed over.
 */
export function decodeBase64(text: unknown): unknown {
  if (typeof text !== 'string') return undefined;
  const [digits = ''] = text.replaceAll('-', '+').replaceAll('_', '/').split('=', 1);
  const known = digits.replace(/[^A-Za-z0-9+/]/g, '');
  // A single character behind the last four holds no whole byte.
  const binary = atob(known.length % 4 === 1 ? known.slice(0, -1) : known);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytesOfBinary(binary));
  } catch {
    return binary;
  }
}

function bytesOfBinary(binary: string): Uint8Array {
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
  return bytes;
}
